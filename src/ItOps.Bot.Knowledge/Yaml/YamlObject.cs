using System.Globalization;
using System.Text;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Yaml;

/// <summary>Reads the values of one mapping by its shape; everything that does not fit becomes a problem, and reading goes on.</summary>
internal sealed class YamlObject
{
    private const int LongestText = 4_000;

    private readonly YamlMap _map;
    private readonly string _path;
    private readonly YamlShape _shape;
    private readonly FileProblems _problems;

    public YamlObject(YamlMap map, string path, YamlShape shape, FileProblems problems)
    {
        (_map, _path, _shape, _problems) = (map, path, shape, problems);
        foreach (var entry in map.Entries)
        {
            problems.Remember(At(entry.Key), entry.Line);
            if (shape.Find(entry.Key) is null)
                problems.Add(entry.Line, $"'{entry.Key}' is not known here{Known(entry.Key)}");
        }

        foreach (var key in shape.Keys.Where(k => k.Required && Entry(k.Name) is null))
            problems.Add(map.Line, $"'{key.Name}' is missing; add '{key.Name}:'");
    }

    public int Line => _map.Line;

    public bool Has(string key) => Entry(key) is not null;

    public string? Text(string key) => Entry(key) is { } entry ? TextOf(entry.Value, $"'{key}'") : null;

    public string? OneOf(string key)
    {
        var allowed = _shape.Find(key)!.Values;
        if (Text(key) is not { } text)
            return null;
        if (allowed.Contains(text))
            return text;

        _problems.Add(Entry(key)!.Line, $"'{key}' is '{text}', and can only be one of: {string.Join(", ", allowed)}{Nearest.Hint(text, allowed)}");
        return null;
    }

    public int? Number(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;

        _problems.Add(Entry(key)!.Line, $"'{key}' is '{text}'; write a whole number");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (text is "true" or "false")
            return text == "true";

        _problems.Add(Entry(key)!.Line, $"'{key}' is '{text}'; write true or false");
        return null;
    }

    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (YamlDuration.Parse(text) is { } duration)
            return duration;

        _problems.Add(Entry(key)!.Line, $"'{key}' is '{text}'; write a number and a unit, such as 90m, 4h or 2d");
        return null;
    }

    public IReadOnlyList<string> Texts(string key) => Entry(key) is { } entry ? TextsOf(entry.Value, key, At(key)) : [];

    public IReadOnlyList<IReadOnlyList<string>> TextLists(string key) =>
        [.. Items(key, "a list of lists, such as '- [vpn, tunnel]'").Select((item, i) => TextsOf(item, key, $"{At(key)}[{i}]"))];

    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Entry(key) is not { } entry)
            return values;
        if (entry.Value is not YamlMap map)
        {
            _problems.Add(entry.Line, $"'{key}' must hold 'name: value' lines, indented below it");
            return values;
        }

        foreach (var item in map.Entries)
        {
            _problems.Remember($"{At(key)}.{item.Key}", item.Line);
            if (TextOf(item.Value, $"'{item.Key}'") is { } text)
                values[item.Key] = text;
        }

        return values;
    }

    /// <summary>The mapping below <paramref name="key"/>, whose keys are the author's own: each holds a text, or a list of texts.</summary>
    public IEnumerable<(string Name, int Line, IReadOnlyList<string> Texts)> TextsMap(string key)
    {
        if (Entry(key) is not { } entry)
            yield break;
        if (entry.Value is not YamlMap map)
        {
            _problems.Add(entry.Line, $"'{key}' must hold 'name: value' lines, indented below it");
            yield break;
        }

        foreach (var item in map.Entries)
        {
            if (item.Value is YamlList)
                yield return (item.Key, item.Line, TextsOf(item.Value, item.Key, $"{At(key)}.{item.Key}"));
            else if (TextOf(item.Value, $"'{item.Key}'") is { } text)
                yield return (item.Key, item.Line, [text]);
        }
    }

    public YamlObject? Object(string key, YamlShape shape)
    {
        if (Entry(key) is not { } entry)
            return null;
        if (entry.Value is YamlMap map)
            return new YamlObject(map, At(key), shape, _problems);

        _problems.Add(entry.Line, $"'{key}' must hold 'key: value' lines, indented below it");
        return null;
    }

    /// <summary>The list below <paramref name="key"/>; the shape may depend on what an item holds, none refuses it.</summary>
    public IEnumerable<YamlObject> Objects(string key, Func<YamlMap, YamlShape?> shapeOf)
    {
        var index = 0;
        foreach (var item in Items(key, "a list, each item beginning with '- '"))
        {
            var path = $"{At(key)}[{index++}]";
            _problems.Remember(path, item.Line);
            if (item is not YamlMap map)
                _problems.Add(item.Line, $"an item of '{key}' must hold 'key: value' pairs");
            else if (shapeOf(map) is { } shape)
                yield return new YamlObject(map, path, shape, _problems);
        }
    }

    /// <summary>A number in a range; none, and said so, when it is outside.</summary>
    public int? Between(string key, int least, int most)
    {
        if (Number(key) is not { } number)
            return null;
        if (number >= least && number <= most)
            return number;
        Refuse(key, most == int.MaxValue ? $"'{key}' is {number}; it must be {least} or more" : $"'{key}' is {number}; it must be from {least} to {most}");
        return null;
    }

    public void Refuse(string key, string message) => _problems.Add(LineOf(key), message);

    public int LineOf(string key) => Entry(key)?.Line ?? Line;

    private IReadOnlyList<YamlNode> Items(string key, string form)
    {
        if (Entry(key) is not { } entry)
            return [];
        if (entry.Value is YamlList list)
            return list.Items;

        _problems.Add(entry.Line, $"'{key}' must be {form}");
        return [];
    }

    private List<string> TextsOf(YamlNode node, string key, string path)
    {
        var texts = new List<string>();
        if (node is not YamlList list)
        {
            _problems.Add(node.Line, $"'{key}' must be a list, each item beginning with '- ' or all between [ and ]");
            return texts;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            if (TextOf(list.Items[i], $"an item of '{key}'") is not { } text)
                continue;
            _problems.Remember($"{path}[{texts.Count}]", list.Items[i].Line);
            texts.Add(text);
        }

        return texts;
    }

    private string? TextOf(YamlNode node, string what)
    {
        if (node is not YamlScalar scalar)
        {
            var braces = node is YamlMap { Entries: [{ Value: YamlScalar { Value: "" } } only] } ? $"; put it into quotes: \"{{{only.Key}}}\"" : "";
            _problems.Add(node.Line, $"{what} must be a text{braces}");
            return null;
        }

        var text = scalar.Value.Trim().Normalize(NormalizationForm.FormC);
        if (text.Length == 0)
            _problems.Add(node.Line, $"{what} is empty; write a value or remove the line");
        else if (text.Length > LongestText)
            _problems.Add(node.Line, $"{what} has {text.Length} characters; {LongestText} are the most");
        else if (text.Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || char.GetUnicodeCategory(c) == UnicodeCategory.Format))
            _problems.Add(node.Line, $"{what} contains an invisible character; type it again");
        else
            return text;

        return null;
    }

    private YamlEntry? Entry(string key) => _map.Entries.FirstOrDefault(e => e.Key == key);

    private string At(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private string Known(string given) => Nearest.Hint(given, _shape.Keys.Select(k => k.Name)) is { Length: > 0 } hint
        ? hint
        : $"; known are: {string.Join(", ", _shape.Keys.Select(k => k.Name))}";
}

using System.Globalization;
using ItOps.Bot.Runbooks;
using YamlDotNet.RepresentationModel;

namespace ItOps.Bot.Knowledge.Sandbox;

/// <summary>
/// One mapping of the sandbox's file. Every access notes what is wrong with its line and goes on with an empty value, so that all mistakes are
/// reported at once; <see cref="NoteUnread"/> finds keys that nobody asked for.
/// </summary>
internal sealed class SandboxFields(YamlMappingNode node, string file, List<SourceProblem> problems)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public void Note(YamlNode at, string message) => problems.Add(new SourceProblem(file, (int)at.Start.Line, message));

    public void Note(string key, string message) => Note(Find(key) ?? node, message);

    public string Text(string key)
    {
        if (OptionalText(key) is { } text)
            return text;
        if (Find(key) is null)
            Note(node, $"'{key}' is missing");
        return "";
    }

    public string? OptionalText(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { Length: > 0 } value }:
                return value;
            case var other:
                Note(other, $"'{key}' must be a text");
                return null;
        }
    }

    public int Whole(string key, int otherwise)
    {
        if (OptionalText(key) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return value;
        Note(key, $"'{key}' must be a whole number");
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        switch (OptionalText(key))
        {
            case null:
                return otherwise;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Note(key, $"'{key}' must be true or false");
                return otherwise;
        }
    }

    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var item in Items(key))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } value })
                texts.Add(value);
            else
                Note(item, $"'{key}' must hold texts");
        }

        return texts;
    }

    public IEnumerable<SandboxFields> Mappings(string key)
    {
        foreach (var item in Items(key))
        {
            if (item is YamlMappingNode mapping)
                yield return new SandboxFields(mapping, file, problems);
            else
                Note(item, $"'{key}' must hold mappings");
        }
    }

    public SandboxFields? Mapping(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new SandboxFields(mapping, file, problems);
            case var other:
                Note(other, $"'{key}' must be a mapping");
                return null;
        }
    }

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public void NoteUnread()
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !_read.Contains(name))
                Note(key, $"'{key}' is not known here");
        }
    }

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode sequence:
                return sequence.Children;
            case var other:
                Note(other, $"'{key}' must be a list");
                return [];
        }
    }
}

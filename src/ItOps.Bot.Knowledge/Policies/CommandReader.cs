using System.Globalization;
using System.Text.RegularExpressions;
using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>Reads the commands that there may be. Half a list is none: any problem means that nothing comes back.</summary>
public static partial class CommandReader
{
    private static readonly string[] s_kinds = [.. Enum.GetNames<ParameterKind>().Select(n => n.ToLowerInvariant())];

    public static (CommandPolicy? Policy, IReadOnlyList<SourceProblem> Problems) ReadFile(string path) => File.Exists(path)
        ? Read(path, File.ReadAllBytes(path))
        : (null, [new SourceProblem(path, 1, "there is no such file; set 'Executors:Commands:PolicyFile' to the list of commands that may be run")]);

    public static (CommandPolicy? Policy, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        if (RunbookFile.Decode(content, problems) is not { } text || YamlText.Parse(text, 0, problems) is not { } map)
            return (null, problems.All);

        var root = new YamlObject(map, "", CommandShapes.Policy, problems);
        var forms = root.Objects("commands", _ => CommandShapes.Command).Select(from => (From: from, Form: Form(from))).ToList();
        foreach (var twice in forms.GroupBy(f => f.Form.Line).Where(g => g.Count() > 1).Select(g => g.Last()))
            twice.From.Refuse("line", $"'{twice.Form.Line}' is there twice; keep one");
        var policy = new CommandPolicy(root.Between("version", 1, int.MaxValue) ?? 0, [.. forms.Select(f => f.Form)]);
        return problems.Any ? (null, problems.All) : (policy, []);
    }

    private static CommandForm Form(YamlObject from)
    {
        var rules = from.Objects("where", _ => CommandShapes.Rule).Select(Rule).ToList();
        var words = (from.Text("line") ?? "").Split(' ');
        var placed = words.Skip(1).Select(w => Place().Match(w) is { Success: true } match ? match.Groups["name"].Value : null).ToList();
        foreach (var missing in placed.OfType<string>().Where(name => rules.TrueForAll(r => r.Name != name)))
            from.Refuse("line", $"<{missing}> has no rule; say under 'where:' what may stand there");
        foreach (var spare in rules.Where(r => placed.Count(name => name == r.Name) != 1))
            from.Refuse("where", $"'{spare.Name}' stands {placed.Count(name => name == spare.Name)} times in the line; write <{spare.Name}> exactly once");
        if (from.Has("line") && (SimpleCommand.Parse(string.Join(' ', words.Select(w => Place().Replace(w, "x")))) is not ({ } command, _) || command.Words.Count != words.Length))
            from.Refuse("line", "is no simple command: words with single blanks between them, and <name> where a rule decides");

        return new(
            words[0],
            [.. words.Skip(1).Zip(placed, (word, name) => name is null ? new FormWord(word, null) : new FormWord(null, rules.Find(r => r.Name == name) ?? new(name)))],
            from.Text("title") ?? "",
            from.OneOf("effect") == "reads" ? OperationEffect.ReadsOnly : OperationEffect.Changes,
            Programs(from));
    }

    private static Dictionary<string, string> Programs(YamlObject from)
    {
        var programs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var platform in Platforms.All)
        {
            if (from.Text(platform) is not { } path)
                continue;
            programs[platform] = path;
            if (!(platform == Platforms.Windows ? WindowsPath() : UnixPath()).IsMatch(path))
                from.Refuse(platform, $"'{path}' is not the whole path of a program");
        }

        if (programs.Count == 0)
            from.Refuse("line", $"does not say where its program is; add one of {string.Join(", ", Platforms.All)}");
        return programs;
    }

    private static ArgumentRule Rule(YamlObject from)
    {
        var pattern = from.Text("pattern");
        if (pattern is not null && PasteRule.Refusal(pattern) is { } refusal)
            from.Refuse("pattern", $"'{pattern}' cannot be used as a pattern: {refusal}");
        var below = from.Text("below");
        if (below is not null && !UnixPath().IsMatch(below))
            from.Refuse("below", $"'{below}' is not the whole path of a folder, without a slash at its end");
        if (!from.Has("oneOf") && pattern is null && !from.Has("number") && below is null)
            from.Refuse("name", "lets nothing through; add one of oneOf, pattern, number, below");

        var kinds = from.Texts("parameters");
        foreach (var unknown in kinds.Where(k => !s_kinds.Contains(k)))
            from.Refuse("parameters", $"'{unknown}' is no kind of parameter{Nearest.Hint(unknown, s_kinds)}");
        return new(from.Text("name") ?? "")
        {
            OneOf = from.Texts("oneOf"),
            Pattern = pattern,
            Number = Number(from),
            Below = below,
            Parameters = [.. kinds.Where(s_kinds.Contains).Select(k => Enum.Parse<ParameterKind>(k, ignoreCase: true))],
        };
    }

    private static (int, int)? Number(YamlObject from)
    {
        if (from.Text("number") is not { } text)
            return null;
        var match = Range().Match(text);
        if (match.Success && Whole(match.Groups["least"].Value) is { } least && Whole(match.Groups["most"].Value) is { } most && least <= most)
            return (least, most);
        from.Refuse("number", $"'{text}' is no range; write it as '1..65535'");
        return null;
    }

    private static int? Whole(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex("^<(?<name>[a-z][a-z-]*)>$")]
    private static partial Regex Place();

    [GeneratedRegex(@"^(?<least>[0-9]+)\.\.(?<most>[0-9]+)$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^(?:/[A-Za-z0-9._+-]+)+$")]
    private static partial Regex UnixPath();

    [GeneratedRegex(@"^[A-Z]:(?:\\[A-Za-z0-9 ._()-]+)+\.exe$")]
    private static partial Regex WindowsPath();
}

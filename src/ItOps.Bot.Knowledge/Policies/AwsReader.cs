using System.Text.RegularExpressions;
using ItOps.Bot.Cloud;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>Reads the calls to AWS that there may be. Half a list is none: any problem means that nothing comes back.</summary>
public static partial class AwsReader
{
    // The program reads a value that begins like this from a file or an address.
    private static readonly string[] s_notValues = ["file:///etc/passwd", "fileb:///etc/passwd", "http://127.0.0.1/", "-x", "--profile"];

    private static readonly string[] s_conditions = ["is", "missing", "olderThanDays"];

    public static (AwsPolicy? Policy, IReadOnlyList<SourceProblem> Problems) ReadFile(string path) => File.Exists(path)
        ? Read(path, File.ReadAllBytes(path))
        : (null, [new SourceProblem(path, 1, "there is no such file; set 'Executors:AwsCli:PolicyFile' to the list of calls to AWS that may be made")]);

    public static (AwsPolicy? Policy, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        if (RunbookFile.Decode(content, problems) is not { } text || YamlText.Parse(text, 0, problems) is not { } map)
            return (null, problems.All);

        var root = new YamlObject(map, "", AwsShapes.Policy, problems);
        var calls = root.Objects("calls", _ => AwsShapes.Call).Select(from => (From: from, Call: Call(from))).ToList();
        foreach (var (from, call) in calls)
        {
            if (calls.Count(c => c.Call.Id == call.Id) > 1)
                from.Refuse("id", $"'{call.Id}' is there twice; keep one");
            if (call.ReadBy is { } other && !calls.Any(c => c.Call.Id == other && c.Call.Effect == OperationEffect.ReadsOnly))
                from.Refuse("readBy", $"there is no reading call '{other}'{Nearest.Hint(other, calls.Select(c => c.Call.Id))}");
        }

        var policy = new AwsPolicy(root.Between("version", 1, int.MaxValue) ?? 0, [.. calls.Select(c => c.Call)]);
        return problems.Any ? (null, problems.All) : (policy, []);
    }

    private static AwsCall Call(YamlObject from)
    {
        var id = from.Text("id") ?? "";
        if (id.Length > 0 && !Id().IsMatch(id))
            from.Refuse("id", $"'{id}' is no id such as aws.ec2.instance-status");
        var words = (from.Text("call") ?? "").Split(' ');
        if (from.Has("call") && !(words.Length == 2 && words.All(w => Word().IsMatch(w))))
            from.Refuse("call", "is a service and what to do there, such as 'ec2 describe-instance-status'");
        var changes = from.OneOf("effect") == "changes";
        if (changes != from.Has("risk") || changes != from.Has("because") || changes != from.Has("readBy"))
            from.Refuse("effect", "a call that changes something, and only such a one, has 'risk', 'because' and 'readBy'");
        foreach (var flag in from.Texts("flags").Where(f => !Flag().IsMatch(f)))
            from.Refuse("flags", $"'{flag}' is no flag without a value, such as --include-all-instances");

        return new(id, from.Text("title") ?? "", from.Text("target") ?? "", words[0], words[^1], changes ? OperationEffect.Changes : OperationEffect.ReadsOnly)
        {
            Flags = from.Texts("flags"),
            Arguments = [.. from.Objects("arguments", _ => AwsShapes.Argument).Select(Argument)],
            Risk = changes ? new(Enum.Parse<RiskLevel>(from.OneOf("risk") ?? nameof(RiskLevel.High), ignoreCase: true), from.Text("because") ?? "") : new(RiskLevel.None, "it only reads"),
            Facts = Facts(from),
            Findings = [.. from.Objects("findings", _ => AwsShapes.Finding).Select(Rule)],
            Errors = Errors(from),
            ReadBy = from.Text("readBy"),
        };
    }

    private static AwsArgument Argument(YamlObject from)
    {
        var (name, flag, pattern) = (from.Text("name") ?? "", from.Text("flag") ?? "", from.Text("pattern") ?? "");
        if (from.Has("name") && !FactName().IsMatch(name))
            from.Refuse("name", $"'{name}' may hold small letters, digits and underscores only");
        if (from.Has("flag") && !Flag().IsMatch(flag))
            from.Refuse("flag", $"'{flag}' is no flag, such as --instance-ids");
        if (!from.Has("pattern"))
            return new(name, flag, "(?!)", "");
        if (PasteRule.Refusal(pattern) is { } refusal)
            from.Refuse("pattern", $"'{pattern}' cannot be used as a pattern: {refusal}");
        else if (s_notValues.FirstOrDefault(v => Regex.IsMatch(v, $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking)) is { } bad)
            from.Refuse("pattern", $"'{pattern}' lets '{bad}' through, which the program would not take for a value");
        return new(name, flag, pattern, from.Text("what") ?? "");
    }

    private static IReadOnlyDictionary<string, string> Facts(YamlObject from)
    {
        var facts = from.TextMap("facts");
        foreach (var (name, path) in facts.Where(f => !FactName().IsMatch(f.Key) || !ValuePath().IsMatch(f.Value)))
            from.Refuse("facts", $"'{name}: {path}' is no fact: a name in small letters, and a path such as Instances[0].State.Name");
        return facts;
    }

    private static AwsRule Rule(YamlObject from)
    {
        var at = from.Text("at") ?? "";
        if (from.Has("at") && !ValuePath().IsMatch(at))
            from.Refuse("at", $"'{at}' is no path such as Instances[0].State.Name or Keys[*].Status");
        if (s_conditions.Count(from.Has) != 1)
            from.Refuse("at", "says when it is found by exactly one of is, missing, olderThanDays");
        return new(at, Meaning(from)) { Is = from.Texts("is"), Missing = from.Flag("missing") ?? false, OlderThanDays = from.Between("olderThanDays", 1, 36_500) };
    }

    private static Dictionary<string, AwsMeaning> Errors(YamlObject from)
    {
        var errors = new Dictionary<string, AwsMeaning>(StringComparer.Ordinal);
        foreach (var error in from.Objects("errors", _ => AwsShapes.Error))
        {
            var meaning = Meaning(error);
            foreach (var code in error.Texts("codes").Where(code => !errors.TryAdd(code, meaning)))
                error.Refuse("codes", $"'{code}' is there twice; keep one");
        }

        return errors;
    }

    private static AwsMeaning Meaning(YamlObject from)
    {
        var id = from.Text("finding") ?? "";
        if (from.Has("finding") && !FindingId().IsMatch(id))
            from.Refuse("finding", $"'{id}' may hold small letters, digits and dashes only");
        return new(new(id, Enum.Parse<FindingLevel>(from.OneOf("level") ?? nameof(FindingLevel.Problem), ignoreCase: true), from.Text("text") ?? ""), from.Flag("blocks") ?? false);
    }

    [GeneratedRegex(@"^aws\.[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Word();

    [GeneratedRegex("^--[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Flag();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex FactName();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex FindingId();

    [GeneratedRegex(@"^[A-Za-z0-9]+(\[([0-9]{1,2}|\*)\])?(\.[A-Za-z0-9]+(\[([0-9]{1,2}|\*)\])?)*$")]
    private static partial Regex ValuePath();
}

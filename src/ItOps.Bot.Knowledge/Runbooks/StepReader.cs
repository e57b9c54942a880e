using System.Text.RegularExpressions;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>Makes a step of its mapping; which kind it is, its first key says.</summary>
internal static partial class StepReader
{
    public static RunbookStep? Read(YamlObject from)
    {
        RunbookStep step = from switch
        {
            _ when from.Has("run") => new RunStep(from.Text("run") ?? "", from.TextMap("with")) { IfOffered = from.Flag("ifOffered") ?? false, When = from.Texts("when") },
            _ when from.Has("script") => new ScriptStep(Script(from, "script"), from.Text("title") ?? "", from.TextMap("with")) { Target = Target(from, StepTarget.Device), When = from.Texts("when") },
            _ when from.Has("commands") => new CommandsStep(from.Texts("commands"), from.Text("title") ?? "") { Target = Target(from, StepTarget.BotHost), When = from.Texts("when") },
            _ when from.Has("guide") => new GuideStep(from.Text("guide") ?? "", from.Text("expect"), from.Texts("when")),
            _ when from.Has("paste") => Paste(from),
            _ when from.Has("diagnose") => new DiagnoseStep(Script(from, "diagnose"), from.Text("title") ?? "") { Target = Target(from, StepTarget.Device), Arguments = from.TextMap("with"), When = from.Texts("when") },
            _ => HandOff(from),
        };
        return step is HandOffStep ? step : step with { On = On(from) };
    }

    private static PasteStep Paste(YamlObject from) => new(from.Text("paste") ?? "")
    {
        Command = from.Text("command"),
        When = from.Texts("when"),
        Read = [.. from.Objects("read", _ => RunbookShapes.PasteRule).Select(Rule)],
    };

    private static PasteRule Rule(YamlObject from)
    {
        var pattern = from.Text("match") ?? "";
        if (PasteRule.Refusal(pattern) is { } refusal)
            from.Refuse("match", $"'{pattern}' cannot be used as a pattern: {refusal}");
        foreach (var key in new[] { "finding", "fact" })
        {
            if (from.Text(key) is { } name && !(key == "finding" ? FindingId() : FactName()).IsMatch(name))
                from.Refuse(key, $"'{name}' may hold small letters, digits and {(key == "finding" ? "dashes" : "underscores")} only");
        }

        if (!from.Has("finding") && !from.Has("fact"))
            from.Refuse("match", "recognises something and keeps nothing; add 'finding:' with 'text:', or 'fact:'");
        if (from.Has("finding") && !from.Has("text"))
            from.Refuse("finding", "does not say what was found; add 'text:'");

        return new PasteRule(pattern)
        {
            Finding = from.Text("finding"),
            Level = Enum.Parse<FindingLevel>(from.OneOf("level") ?? nameof(FindingLevel.Problem), ignoreCase: true),
            Text = from.Text("text") ?? "",
            Fact = from.Text("fact"),
        };
    }

    private static HandOffStep HandOff(YamlObject from) => new(from.Text("handoff") ?? "")
    {
        Template = [.. from.TextMap("template").Select(line => new TemplateLine(line.Key, line.Value))],
    };

    private static IReadOnlyList<string> On(YamlObject from)
    {
        var platforms = from.Texts("on");
        foreach (var unknown in platforms.Where(p => !Platforms.All.Contains(p)))
            from.Refuse("on", $"'{unknown}' is not a platform; known are: {string.Join(", ", Platforms.All)}{Nearest.Hint(unknown, Platforms.All)}");
        return platforms;
    }

    private static StepTarget Target(YamlObject from, StepTarget otherwise)
    {
        if (from.Text("target") is not { } written)
            return otherwise;
        if (StepTarget.Parse(written) is { } target)
            return target;
        from.Refuse("target", $"'{written}' is no place to run it; write device, bot-host or exactly one \"{{parameter}}\"");
        return otherwise;
    }

    /// <summary>Only files in the runbook's own script folder: nothing in a runbook can name a path outside.</summary>
    private static string Script(YamlObject from, string key)
    {
        var written = from.Text(key) ?? "";
        if (written.Length > 0 && !OwnScript().IsMatch(written))
            from.Refuse(key, $"'{written}' is not a script beside this file; write 'scripts/name.sh' or 'scripts/name.ps1', in letters, digits, dot, dash and underscore");

        return written;
    }

    [GeneratedRegex(@"^scripts/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(sh|ps1)$")]
    private static partial Regex OwnScript();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex FindingId();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex FactName();
}

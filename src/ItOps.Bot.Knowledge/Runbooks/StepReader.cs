using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>Makes a step of its mapping; which kind it is, its first key says.</summary>
internal static partial class StepReader
{
    public static RunbookStep? Read(YamlObject from)
    {
        if (from.Has("run"))
            return new RunStep(from.Text("run") ?? "", from.TextMap("with")) { IfOffered = from.Flag("ifOffered") ?? false };
        if (from.Has("script"))
            return new ScriptStep(Script(from, "script"), from.Text("title") ?? "", from.TextMap("with"));
        if (from.Has("guide"))
            return new GuideStep(from.Text("guide") ?? "", from.Text("expect"), from.Texts("when"));
        return from.Has("diagnose")
            ? new DiagnoseStep(Script(from, "diagnose"), from.Text("title") ?? "")
            : new HandOffStep(from.Text("handoff") ?? "");
    }

    /// <summary>Only files in the runbook's own script folder: nothing in a runbook can name a path outside.</summary>
    private static string Script(YamlObject from, string key)
    {
        var written = from.Text(key) ?? "";
        if (written.Length > 0 && !OwnScript().IsMatch(written))
            from.Refuse(key, $"'{written}' is not a script beside this file; write 'scripts/name.sh', in letters, digits, dot, dash and underscore");

        return written;
    }

    [GeneratedRegex(@"^scripts/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex OwnScript();
}

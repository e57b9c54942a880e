using System.Text.RegularExpressions;
using ItOps.Bot.Commands;

namespace ItOps.Bot.Runbooks;

/// <summary>
/// Refuses anything that would be dangerous if somebody, or some program, ever took it for a command line: a runbook names operations and script
/// files, and it never writes commands together out of text.
/// </summary>
internal static partial class CommandRules
{
    public static void Check(Runbook runbook, CommandPolicy commands, Action<string, string> report)
    {
        for (var i = 0; i < runbook.Steps.Count; i++)
        {
            switch (runbook.Steps[i])
            {
                case RunStep run:
                    CheckArguments(run.Arguments, $"steps[{i}]", report);
                    break;
                case ScriptStep script:
                    CheckArguments(script.Arguments, $"steps[{i}]", report);
                    break;
                case DiagnoseStep diagnose:
                    CheckArguments(diagnose.Arguments, $"steps[{i}]", report);
                    break;
                case CommandsStep step:
                    CheckCommands(runbook, step, $"steps[{i}]", commands, report);
                    break;
                case PasteStep paste:
                    CheckText(paste.Text, $"steps[{i}]", report);
                    CheckText($"`{paste.Command}`", $"steps[{i}].command", report);
                    break;
                case GuideStep guide:
                    CheckText(guide.Text, $"steps[{i}]", report);
                    CheckText(guide.Expect ?? "", $"steps[{i}].expect", report);
                    break;
            }
        }

        CheckText(runbook.Body, "body", report);
    }

    private static void CheckCommands(Runbook runbook, CommandsStep step, string path, CommandPolicy commands, Action<string, string> report)
    {
        if (step.Lines.Count is 0 or > CommandsStep.MostLines)
            report($"{path}.commands", $"has {step.Lines.Count} commands; write 1 to {CommandsStep.MostLines}, one program each");
        for (var i = 0; i < step.Lines.Count; i++)
        {
            if (commands.Refusal(step.Lines[i], runbook.Parameter) is { } refusal)
                report($"{path}.commands[{i}]", refusal.In(step.Lines[i]));
        }
    }

    private static void CheckArguments(IReadOnlyDictionary<string, string> arguments, string path, Action<string, string> report)
    {
        foreach (var (name, value) in arguments.Where(a => ArgumentValue.Parse(a.Value) is ArgumentValue.Literal && Metacharacter().IsMatch(a.Value)))
            report($"{path}.with.{name}", $"'{value}' contains a character that a shell would act on; pass plain values only");
    }

    private static void CheckText(string text, string path, Action<string, string> report)
    {
        foreach (Match match in CommandLike().Matches(text))
        {
            var command = match.Groups["command"].Value.Trim();
            if (Chained().IsMatch(command))
                report(path, $"'{Short(command)}' is a chained command; let the person do one thing at a time, or use a 'run' step");
            else if (Placeholder().IsMatch(command))
                report(path, $"'{Short(command)}' is a command with a parameter in it; use a 'run' step with an operation instead");
        }
    }

    private static string Short(string command) => command.Length <= 60 ? command : command[..57] + "...";

    [GeneratedRegex(@"[|;&$`<>*()'""\\\n\r]")]
    private static partial Regex Metacharacter();

    /// <summary>Code in Markdown, a line that calls itself a command, or one that begins with a prompt.</summary>
    [GeneratedRegex("""
        ```[^\n]*\n(?<command>.*?)```
        | `(?<command>[^`\n]+)`
        | ^[ \t]*(?:[-*]\s+)?(?:command|cmd|run|execute|shell)\s*:[ \t]*(?<command>.+)$
        | ^[ \t]*(?:\$|PS[^>\n]*>|C:\\>)[ \t]+(?<command>.+)$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandLike();

    [GeneratedRegex(@"&&|\|\|?|;|\$\(|`|>|<|(?<=\s)&(?=\s|$)")]
    private static partial Regex Chained();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}

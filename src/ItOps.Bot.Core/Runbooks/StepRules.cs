using System.Text.RegularExpressions;
using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks;

/// <summary>What every step must fit: the operations that are there, their arguments, the scripts beside the file, the order.</summary>
internal static partial class StepRules
{
    public static void Check(RunbookSource source, IReadOnlyCollection<OperationDescriptor> operations, Action<string, string> report)
    {
        var runbook = source.Runbook;
        if (runbook.Steps.Count == 0)
            report("steps", "has no steps; add at least one 'run', 'guide', 'diagnose', 'script' or 'handoff'");
        else if (runbook.Steps is [RunStep { IfOffered: true }, ..])
            report("steps[0].ifOffered", "may leave out the first step, which is what the request is called by; begin with the step that is always taken");

        for (var i = 0; i < runbook.Steps.Count; i++)
        {
            var path = $"steps[{i}]";
            switch (runbook.Steps[i])
            {
                case RunStep run:
                    CheckRun(runbook, run, path, operations, report);
                    break;
                case ScriptStep script:
                    CheckScript(source, script.File, path, OperationEffect.Changes, operations, report);
                    CheckArguments(runbook, script.Arguments, path, report);
                    CheckTarget(runbook, script.Target, path, report);
                    break;
                case DiagnoseStep diagnose:
                    CheckScript(source, diagnose.File, path, OperationEffect.ReadsOnly, operations, report);
                    CheckArguments(runbook, diagnose.Arguments, path, report);
                    CheckTarget(runbook, diagnose.Target, path, report);
                    break;
                case CommandsStep commands:
                    CheckTarget(runbook, commands.Target, path, report);
                    break;
                case HandOffStep handOff:
                    CheckHandOff(runbook, handOff, i, path, report);
                    break;
            }
        }

        OrderRules.Check(runbook, operations, report);
    }

    private static void CheckArguments(Runbook runbook, IReadOnlyDictionary<string, string> arguments, string path, Action<string, string> report)
    {
        foreach (var (name, value) in arguments)
        {
            if (!ArgumentName().IsMatch(name))
                report($"{path}.with.{name}", $"'{name}' is no name of an argument of a script; write small letters, digits and underscores");
            CheckArgument(runbook, value, $"{path}.with.{name}", report);
        }
    }

    private static void CheckTarget(Runbook runbook, StepTarget target, string path, Action<string, string> report)
    {
        if (target.Parameter is { } name && runbook.Parameter(name) is null)
            report($"{path}.target", $"there is no parameter '{name}'{Nearest.Hint(name, runbook.Parameters.Select(p => p.Name))}");
    }

    private static void CheckHandOff(Runbook runbook, HandOffStep handOff, int index, string path, Action<string, string> report)
    {
        if (index < runbook.Steps.Count - 1)
            report(path, "hands off before the last step, so the steps after it are never reached; move it to the end");

        // Facts of scripts and operations are theirs to name; only what nothing in the file can give is a slip.
        var facts = runbook.Steps.OfType<PasteStep>().SelectMany(p => p.Read).Select(r => r.Fact).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var givesFacts = runbook.Steps.Any(s => s is DiagnoseStep or RunStep or ScriptStep or CommandsStep);
        foreach (var line in handOff.Template.Where(l => !givesFacts && runbook.Parameter(l.Name) is null && !facts.Contains(l.Name)))
        {
            report($"{path}.template.{line.Label}", $"nothing in this file gives '{line.Name}'{Nearest.Hint(line.Name, runbook.Parameters.Select(p => p.Name).Concat(facts))}; "
                + "name a parameter or a fact");
        }
    }

    private static void CheckRun(
        Runbook runbook, RunStep run, string path, IReadOnlyCollection<OperationDescriptor> operations, Action<string, string> report)
    {
        var operation = operations.FirstOrDefault(o => o.Id == run.Operation);
        if (operation is null)
        {
            report(path, $"there is no operation '{run.Operation}'{Nearest.Hint(run.Operation, operations.Select(o => o.Id))}");
            return;
        }

        if (operation.HasOwnStep)
        {
            report(path, $"'{operation.Id}' is not for a 'run' step; write a 'script', 'diagnose' or 'commands' step");
            return;
        }

        if (run.IfOffered && operation.Needs == AccountAbilities.None)
            report($"{path}.ifOffered", $"'{operation.Id}' needs no ability of an account's system, so it is never left out; leave 'ifOffered' away");

        foreach (var missing in operation.Arguments.Where(a => a.Required && !run.Arguments.ContainsKey(a.Name)))
            report(path, $"'{operation.Id}' needs the argument '{missing.Name}'; add it under 'with:'");

        foreach (var (name, value) in run.Arguments)
        {
            var argumentPath = $"{path}.with.{name}";
            var argument = operation.Arguments.FirstOrDefault(a => a.Name == name);
            if (argument is null)
                report(argumentPath, $"'{operation.Id}' has no argument '{name}'{Nearest.Hint(name, operation.Arguments.Select(a => a.Name))}");
            else
                CheckKind(runbook, argument, value, argumentPath, report);

            CheckArgument(runbook, value, argumentPath, report);
        }
    }

    /// <summary>Objects with an identity come from a parameter, never from a file: a file must not decide whom something happens to.</summary>
    private static void CheckKind(Runbook runbook, OperationArgument argument, string value, string path, Action<string, string> report)
    {
        ParameterKind? needed = argument.Kind switch
        {
            ArgumentKind.Account => ParameterKind.Account,
            ArgumentKind.Group => ParameterKind.Group,
            _ => null,
        };
        if (needed is null)
            return;

        var parameter = ArgumentValue.Parse(value) is ArgumentValue.Reference reference ? runbook.Parameter(reference.Name) : null;
        if (parameter is not null && parameter.Kind != needed)
        {
            report(path, $"'{argument.Name}' wants a parameter of kind '{Name(needed.Value)}', and '{parameter.Name}' is of kind "
                + $"'{Name(parameter.Kind)}'; refer to another parameter");
        }
        else if (ArgumentValue.Parse(value) is ArgumentValue.Literal)
        {
            report(path, $"'{argument.Name}' is written down as '{value}'; an object is named by a parameter, so write \"{{parameter}}\"");
        }
    }

    private static void CheckArgument(Runbook runbook, string value, string path, Action<string, string> report)
    {
        switch (ArgumentValue.Parse(value))
        {
            case ArgumentValue.Reference reference when runbook.Parameter(reference.Name) is null:
                report(path, $"there is no parameter '{reference.Name}'{Nearest.Hint(reference.Name, runbook.Parameters.Select(p => p.Name))}");
                break;
            case ArgumentValue.Mixture:
                report(path, $"'{value}' mixes text and parameters; write either a fixed value or exactly one \"{{parameter}}\"");
                break;
        }
    }

    private static void CheckScript(
        RunbookSource source, string file, string path, OperationEffect effect, IReadOnlyCollection<OperationDescriptor> operations,
        Action<string, string> report)
    {
        if (!operations.Any(o => o.Effect == effect && o.Arguments.Any(a => a.Kind == ArgumentKind.Script)))
            report(path, "runs a script, and no executor for scripts is enabled; enable one or replace the step by a 'guide'");

        if (!source.Scripts.Contains(file))
            report(path, $"there is no script '{file}'{Nearest.Hint(file, source.Scripts)}");
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex ArgumentName();

    private static string Name(ParameterKind kind) => kind.ToString().ToLowerInvariant();
}

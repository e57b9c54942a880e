using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks;

/// <summary>What every step must fit: the operations that are there, their arguments, the scripts beside the file, the order.</summary>
internal static class StepRules
{
    public static void Check(RunbookSource source, IReadOnlyCollection<OperationDescriptor> operations, Action<string, string> report)
    {
        var runbook = source.Runbook;
        if (runbook.Steps.Count == 0)
            report("steps", "has no steps; add at least one 'run', 'guide', 'diagnose', 'script' or 'handoff'");
        else if (runbook.Steps is [RunStep { IfOffered: true }, ..])
            report("steps[0].ifOffered", "may leave out the first step, which is what the request is called by; begin with the step that is always taken");

        var diagnosed = false;
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
                    foreach (var (name, value) in script.Arguments)
                        CheckArgument(runbook, value, $"{path}.with.{name}", report);
                    break;
                case DiagnoseStep diagnose:
                    CheckScript(source, diagnose.File, path, OperationEffect.ReadsOnly, operations, report);
                    diagnosed = true;
                    break;
                case GuideStep guide when guide.When.Count > 0 && !diagnosed:
                    report($"{path}.when", "depends on findings, and no 'diagnose' step comes before it; add one or leave 'when' out");
                    break;
                case HandOffStep when i < runbook.Steps.Count - 1:
                    report(path, "hands off before the last step, so the steps after it are never reached; move it to the end");
                    break;
            }
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

    private static string Name(ParameterKind kind) => kind.ToString().ToLowerInvariant();
}

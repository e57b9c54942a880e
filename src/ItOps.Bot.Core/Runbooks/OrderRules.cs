using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks;

/// <summary>What must come before what: findings before the steps that depend on them, a platform before steps for one, and a change at the end of a guide.</summary>
internal static class OrderRules
{
    public static void Check(Runbook runbook, IReadOnlyCollection<OperationDescriptor> operations, Action<string, string> report)
    {
        var found = false;
        var guided = false;
        var changed = false;
        for (var i = 0; i < runbook.Steps.Count; i++)
        {
            var step = runbook.Steps[i];
            if (RunbookStep.WhenOf(step).Count > 0 && !found)
                report($"steps[{i}].when", "depends on findings, and no 'diagnose', 'paste' or reading 'run' step comes before it; add one or leave 'when' out");
            if (step.On.Count > 0 && !runbook.Parameters.Any(p => p is { Kind: ParameterKind.Platform, Required: true }))
                report($"steps[{i}].on", "is for one platform, and nobody is asked which it is; add a required parameter of kind 'platform'");

            var changes = Changes(step, operations);
            if (changed && !changes && step is not HandOffStep)
                report($"steps[{i}]", "comes after a change that a guide ends with, so it is never reached; move it before the change");

            found |= step is DiagnoseStep or PasteStep or RunStep;
            guided |= step is GuideStep or PasteStep or DiagnoseStep || (step is RunStep && !changes);
            changed |= changes && guided;
        }
    }

    private static bool Changes(RunbookStep step, IReadOnlyCollection<OperationDescriptor> operations) => step switch
    {
        ScriptStep or CommandsStep => true,
        RunStep run => operations.FirstOrDefault(o => o.Id == run.Operation)?.Effect != OperationEffect.ReadsOnly,
        _ => false,
    };
}

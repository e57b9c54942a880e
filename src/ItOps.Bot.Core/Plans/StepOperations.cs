using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Plans;

/// <summary>Which operation a step of a runbook is, and with which arguments.</summary>
public sealed class StepOperations(OperationCatalog operations)
{
    /// <summary>An operation that nobody offers counts as a change: it is refused where it is planned.</summary>
    public bool Changes(RunbookStep step) => step switch
    {
        ScriptStep or CommandsStep => true,
        RunStep run => operations.Find(run.Operation)?.Descriptor.Effect != OperationEffect.ReadsOnly,
        _ => false,
    };

    /// <summary>None for a step that the person does.</summary>
    public static (string Operation, StepArguments Arguments)? Of(Runbook runbook, RunbookStep step, IReadOnlyDictionary<string, ParameterValue> values) => step switch
    {
        RunStep run => (run.Operation, Fill(run.Arguments, values)),
        DiagnoseStep diagnose => ("diagnose.bash", new([new("script", PathOf(runbook, diagnose.File))])),
        ScriptStep script => ("script.run", new([new("script", PathOf(runbook, script.File))])),
        CommandsStep commands => ("commands.run", new([new("lines", string.Join(" ; ", commands.Lines))])),
        _ => null,
    };

    /// <summary>What a check is called in the question to the requester; none when its operation says it.</summary>
    public static string? TitleOf(RunbookStep step) => step switch
    {
        DiagnoseStep diagnose => diagnose.Title,
        ScriptStep script => script.Title,
        CommandsStep commands => commands.Title,
        _ => null,
    };

    /// <summary>With the version, so that what began with it keeps its scripts too.</summary>
    private static string PathOf(Runbook runbook, string file) =>
        FormattableString.Invariant($"{runbook.Source[..(runbook.Source.LastIndexOf('/') + 1)]}{runbook.Id}@{runbook.Version}/{file}");

    /// <summary>An argument is a literal or exactly one parameter; the linter refuses anything in between.</summary>
    private static StepArguments Fill(IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, ParameterValue> values) =>
        new(arguments
            .Select(a => (a.Key, Value: ArgumentValue.Parse(a.Value) is ArgumentValue.Reference reference ? values.GetValueOrDefault(reference.Name)?.Value : a.Value))
            .Where(a => a.Value is not null)
            .Select(a => KeyValuePair.Create(a.Key, a.Value!)));
}

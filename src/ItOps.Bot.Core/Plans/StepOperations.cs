using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Plans;

/// <summary>Which operations a step of a runbook is, and with which arguments.</summary>
public sealed class StepOperations(OperationCatalog operations)
{
    /// <summary>Runs a script that only reads.</summary>
    public const string CheckScript = "script.check";

    /// <summary>Runs a script that changes something.</summary>
    public const string RunScript = "script.run";

    /// <summary>Runs one simple command.</summary>
    public const string RunCommand = "command.run";

    /// <summary>An operation that nobody offers counts as a change: it is refused where it is planned.</summary>
    public bool Changes(RunbookStep step) => step switch
    {
        ScriptStep or CommandsStep => true,
        RunStep run => operations.Find(run.Operation)?.Descriptor.Effect != OperationEffect.ReadsOnly,
        _ => false,
    };

    /// <summary>One for each command, none for a step that the person does. <paramref name="requester"/> is whose computer <c>device</c> is.</summary>
    public static IReadOnlyList<(string Operation, StepArguments Arguments)> Of(
        Runbook runbook, RunbookStep step, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester) => step switch
        {
            RunStep run => [(run.Operation, new(Fill(run.Arguments, values)))],
            DiagnoseStep diagnose => [(CheckScript, Script(runbook, diagnose.File, diagnose.Arguments, diagnose.Target, values, requester))],
            ScriptStep script => [(RunScript, Script(runbook, script.File, script.Arguments, script.Target, values, requester))],
            CommandsStep commands => [.. commands.Lines.Select(line => (RunCommand, Command(runbook, line, commands.Target, values, requester)))],
            _ => [],
        };

    /// <summary>What a check is called in the question to the requester; none when its operation says it.</summary>
    public static string? TitleOf(RunbookStep step) => step switch
    {
        DiagnoseStep diagnose => diagnose.Title,
        ScriptStep script => script.Title,
        CommandsStep commands => commands.Title,
        _ => null,
    };

    private static StepArguments Script(
        Runbook runbook, string file, IReadOnlyDictionary<string, string> arguments, StepTarget target, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester) =>
        new([
            new("script", PathOf(runbook, file)),
            .. TargetPlace.Arguments(runbook, target, values, requester),
            .. Fill(arguments, values).Select(a => KeyValuePair.Create($"with.{a.Key}", a.Value)),
        ]);

    /// <summary>A line that cannot be written with these values keeps its parameters, and is refused by whoever runs commands.</summary>
    private static StepArguments Command(Runbook runbook, string line, StepTarget target, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester) =>
        new([
            new("line", SimpleCommand.Parse(line).Command?.Fill(name => values.GetValueOrDefault(name)?.Value) ?? line),
            .. TargetPlace.Arguments(runbook, target, values, requester),
        ]);

    /// <summary>With the version, so that what began with it keeps its scripts too.</summary>
    private static string PathOf(Runbook runbook, string file) =>
        FormattableString.Invariant($"{runbook.Source[..(runbook.Source.LastIndexOf('/') + 1)]}{runbook.Id}@{runbook.Version}/{file}");

    /// <summary>An argument is a literal or exactly one parameter; the linter refuses anything in between.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Fill(IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, ParameterValue> values) =>
        arguments
            .Select(a => (a.Key, Value: ArgumentValue.Parse(a.Value) is ArgumentValue.Reference reference ? values.GetValueOrDefault(reference.Name)?.Value : a.Value))
            .Where(a => a.Value is not null)
            .Select(a => KeyValuePair.Create(a.Key, a.Value!));
}

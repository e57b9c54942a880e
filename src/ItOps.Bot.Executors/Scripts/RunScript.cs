using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>Runs a runbook's script that changes something. Where a check lies beside it, that says whether it is needed and whether it worked.</summary>
internal sealed class RunScript(RunbookScripts scripts, ScriptRunner runner) : IOperation
{
    // The check beside a script ends with 0 when the change is done, with 1 when it is not.
    private const int IsNotDone = 1;

    public OperationDescriptor Descriptor { get; } = new(
        StepOperations.RunScript,
        "Run {script} on {target}",
        OperationEffect.Changes,
        ReplayClass.Never,
        new CardRisk(RiskLevel.Medium, "it runs a script that changes the computer"),
        [
            new OperationArgument("script", ArgumentKind.Script, "The script's path inside the runbook folder"),
            .. TargetPlace.Described,
            new OperationArgument("with.*", ArgumentKind.Text, "What the script is given, by name", Required: false),
        ])
    {
        HasOwnStep = true,
    };

    /// <summary>A check can prove that it happened; that it did not, a script that is running still would disprove later.</summary>
    public ReplayClass ReplayOf(StepArguments arguments) =>
        scripts.FindChange(arguments.GetValueOrDefault("script")) is { Failed: false, Value.Check: not null } ? ReplayClass.Look : ReplayClass.Never;

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var found = Find(arguments);
        if (found.Failed)
            return found.Problem;
        var (script, host) = found.Value;
        var isDone = await IsDoneAsync(script, host, arguments, cancellationToken);
        if (isDone.Failed)
            return isDone.Problem;
        var preconditions = new Dictionary<string, string> { ["script"] = script.Hash, ["way"] = host.Way };
        if (script.Check is { } check)
            preconditions["check"] = check.Hash;
        return new Preview(host.Target, isDone.Value == true ? [] : [new CardChange(script.Title, isDone.Value is null ? "not known" : "not done yet", $"changes {script.Says}"), .. Given(arguments)])
        {
            Preconditions = preconditions,
            PlainState = isDone.Value == true ? $"{script.Title}: that is so already." : $"The script changes {script.Says} on {host.Target.Display}.",
            Remarks = script.Check is null ? ["nothing tells whether it worked: whoever asked says so"] : [],
        };
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var found = Find(step.Arguments);
        if (found.Failed)
            return found.Problem;
        var run = await runner.RunAsync(found.Value.Host, found.Value.Script, step.Arguments, step.Progress, cancellationToken);
        var failure = runner.FailureOf(run);
        if (run.NotBegun is not null)
            return failure!;
        if (run.EndUnseen)
            throw new TimeoutException(failure!.Detail);
        return ScriptOutput.Of(run.Process.Output, run.Process.Errors) with { Failure = failure };
    }

    public async Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var found = Find(step.Arguments);
        if (found.Failed)
            return new(false, $"It could not be looked at: {found.Problem.Detail}");
        var (script, host) = found.Value;
        if (script.Check is null)
            return new(true, "It ended without an error; not verified, because nothing tells whether it worked.") { IsProof = false, Looked = false };
        var isDone = await IsDoneAsync(script, host, step.Arguments, cancellationToken);
        return isDone.Failed
            ? new(false, $"It could not be looked at: {isDone.Problem.Detail}")
            : new(isDone.Value == true, isDone.Value == true ? $"{Path.GetFileName(script.Check.Path)} found it done." : $"{Path.GetFileName(script.Check.Path)} did not find it done.");
    }

    private Result<(RunbookScript Script, Host Host)> Find(StepArguments arguments)
    {
        var script = scripts.FindChange(arguments.GetValueOrDefault("script"));
        if (script.Failed)
            return script.Problem;
        var host = runner.HostFor(script.Value, arguments);
        return host.Failed ? host.Problem : (script.Value, host.Value);
    }

    /// <summary>None when there is no check that tells.</summary>
    private async Task<Result<bool?>> IsDoneAsync(RunbookScript script, Host host, StepArguments arguments, CancellationToken cancellationToken)
    {
        if (script.Check is not { } check)
            return (bool?)null;
        var run = await runner.RunAsync(host, check, arguments, progress: null, cancellationToken);
        if (run is { NotBegun: null, Process: { End: ProcessEnd.Exited, ExitCode: IsNotDone } })
            return (bool?)false;
        return runner.FailureOf(run) is { } failure ? new Problem(ProblemCode.SystemUnavailable, failure.Detail) : (bool?)true;
    }

    private static IEnumerable<CardChange> Given(StepArguments arguments) =>
        arguments.Where(a => a.Key.StartsWith("with.", StringComparison.Ordinal)).Select(a => new CardChange(a.Key["with.".Length..], "", a.Value));
}

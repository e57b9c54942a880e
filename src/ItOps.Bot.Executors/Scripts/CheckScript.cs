using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>Runs a runbook's read-only script on a host and reads its findings and facts.</summary>
internal sealed class CheckScript(RunbookScripts scripts, ScriptRunner runner) : IOperation
{
    public OperationDescriptor Descriptor { get; } = new(
        StepOperations.CheckScript,
        "Run a read-only check on {target}",
        OperationEffect.ReadsOnly,
        ReplayClass.Idempotent,
        new CardRisk(RiskLevel.None, "it only reads"),
        [
            new OperationArgument("script", ArgumentKind.Script, "The script's path inside the runbook folder"),
            .. TargetPlace.Described,
            new OperationArgument("with.*", ArgumentKind.Text, "What the script is given, by name", Required: false),
        ])
    {
        HasOwnStep = true,
    };

    public Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var script = scripts.FindCheck(arguments.GetValueOrDefault("script"));
        if (script.Failed)
            return Task.FromResult<Result<Preview>>(script.Problem);
        var host = runner.HostFor(script.Value, arguments);
        return Task.FromResult(host.Failed ? host.Problem : Preview(script.Value, host.Value));
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var script = scripts.FindCheck(step.Arguments.GetValueOrDefault("script"));
        if (script.Failed)
            return script.Problem;
        var host = runner.HostFor(script.Value, step.Arguments);
        if (host.Failed)
            return host.Problem;

        var run = await runner.RunAsync(host.Value, script.Value, step.Arguments, step.Progress, cancellationToken);
        var failure = runner.FailureOf(run);
        return run.NotBegun is not null ? failure! : ScriptOutput.Of(run.Process.Output, run.Process.Errors) with { Failure = failure };
    }

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) =>
        Task.FromResult(new Verification(true, "The check only read; there is nothing to look at again."));

    private static Result<Preview> Preview(RunbookScript script, Hosts.Host host) =>
        new Preview(host.Target, [new CardChange(script.Title, $"reads {script.Says}", "nothing is changed")])
        {
            Preconditions = new Dictionary<string, string> { ["script"] = script.Hash, ["way"] = host.Way },
            PlainState = $"The check looks at {script.Says} on {host.Target.Display}. It only reads; nothing is changed.",
        };
}

using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Executors.Bash;

/// <summary>Runs a runbook's read-only script on the bot's own host, as the bot's user, and reads its findings.</summary>
internal sealed class BashDiagnosis(RunbookScripts scripts, ProcessRunner processes, BashOptions options) : IOperation
{
    private const string Bash = "/bin/bash";
    private const int MostFindings = 20;

    public OperationDescriptor Descriptor { get; } = new(
        "diagnose.bash",
        "Run a read-only check on {target}",
        OperationEffect.ReadsOnly,
        ReplayClass.Idempotent,
        new CardRisk(RiskLevel.None, "it only reads"),
        [new OperationArgument("script", ArgumentKind.Script, "The script's path inside the runbook folder")]);

    public Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var script = scripts.Find(arguments.GetValueOrDefault("script"));
        return Task.FromResult(script.Failed ? script.Problem : Preview(script.Value));
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var script = scripts.Find(step.Arguments.GetValueOrDefault("script"));
        if (script.Failed)
            return script.Problem;

        var file = script.Value.File;
        var result = await processes.RunAsync(
            new ProcessRequest(Bash, ["--noprofile", "--norc", "--", file], Path.GetDirectoryName(file)!, options.TimeOut)
            {
                Progress = (line, token) => FindingLine.Read(line) is { } finding ? step.Progress(finding.Text, token) : Task.CompletedTask,
            },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        return result switch
        {
            { End: ProcessEnd.Exited, ExitCode: 0 } => Output(result),
            { End: ProcessEnd.TimedOut } => new Problem(ProblemCode.SystemUnavailable, $"The script did not end within {options.TimeOut.TotalSeconds:0} s and was stopped."),
            { End: ProcessEnd.NotStarted } => new Problem(ProblemCode.SystemUnavailable, $"{Bash} could not be started: {string.Join(' ', result.Errors)}"),
            _ => new Problem(ProblemCode.SystemUnavailable, $"The script ended with exit code {result.ExitCode}: {(result.Errors is [.., var last] ? last : "it said nothing")}"),
        };
    }

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) =>
        Task.FromResult(new Verification(true, "The check only read; there is nothing to look at again."));

    private static Result<Preview> Preview(RunbookScript script)
    {
        var host = Environment.MachineName;
        return new Preview(new PlanTarget("host", host, host, host, Owner: null), [new CardChange(script.Title, $"reads {script.Reads}", "nothing is changed")])
        {
            Preconditions = new Dictionary<string, string> { ["script"] = script.Hash },
            PlainState = $"The check looks at {script.Reads} on {host}. It only reads; nothing is changed.",
        };
    }

    private static StepOutput Output(ProcessResult result)
    {
        var findings = result.Output.Select(FindingLine.Read).OfType<Finding>();
        return new StepOutput
        {
            // Worst first; the script's own order within a level, which OrderBy keeps.
            Findings = [.. findings.OrderByDescending(finding => finding.Level).Take(MostFindings)],
            Lines = [.. result.Output.Where(line => FindingLine.Read(line) is null), .. result.Errors],
        };
    }
}

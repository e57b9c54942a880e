using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Executors.Commands;

/// <summary>Runs one line of a <c>commands</c> step: a program of the allow-list with its arguments, without a shell. Each line is a step of the plan.</summary>
internal sealed class RunCommand(HostCatalog hosts, CommandPolicy policy, SecretMask mask, CommandOptions options) : IOperation
{
    public OperationDescriptor Descriptor { get; } = new(
        StepOperations.RunCommand,
        "Run '{line}' on {target}",
        OperationEffect.Changes,
        ReplayClass.Never,
        new CardRisk(RiskLevel.Medium, "it runs a program that changes the computer"),
        [new OperationArgument("line", ArgumentKind.Text, "A simple command that the allow-list has"), .. TargetPlace.Described])
    {
        HasOwnStep = true,
    };

    public Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var found = Find(arguments);
        return Task.FromResult<Result<Preview>>(found.Failed ? found.Problem : Preview(found.Value.Match, found.Value.Words, found.Value.Host));
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var found = Find(step.Arguments);
        if (found.Failed)
            return found.Problem;
        var run = await found.Value.Host.RunAsync(new CommandJob(found.Value.Words, options.TimeOut) { Mask = mask.Of, Progress = step.Progress }, cancellationToken);
        if (run.NotBegun is { } why)
            return new Problem(ProblemCode.SystemUnavailable, why);
        if (run.EndUnseen)
            throw new TimeoutException($"'{step.Arguments["line"]}' did not end within {options.TimeOut.TotalSeconds:0} s, or the connection was lost.");
        return new StepOutput
        {
            Lines = [.. run.Process.Output, .. run.Process.Errors, $"exit code {run.Process.ExitCode}"],
            Failure = run.Process.ExitCode == 0 ? null : new(ProblemCode.ProgramFailed, $"'{step.Arguments["line"]}' ended with exit code {run.Process.ExitCode}{Last(run.Process.Errors)}"),
        };
    }

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) =>
        Task.FromResult(new Verification(true, "It ended without an error; not verified, because nothing tells whether it worked.") { IsProof = false, Looked = false });

    private static string Last(IReadOnlyList<string> errors) => errors is [.., var last] ? $": {last}" : "";

    private Result<(CommandMatch Match, IReadOnlyList<string> Words, Host Host)> Find(StepArguments arguments)
    {
        var line = arguments.GetValueOrDefault("line") ?? "";
        if (policy.Allow(line) is not ({ } match, _))
            return new Problem(ProblemCode.InvalidArguments, policy.Allow(line).Refusal!.In(line));
        var host = hosts.Find(arguments);
        if (host.Failed)
            return host.Problem;
        if (match.Form.Programs.GetValueOrDefault(host.Value.Platform) is not { } program)
            return new Problem(ProblemCode.NotOffered, $"The allow-list has no '{match.Form.Program}' for {host.Value.Platform}, which {host.Value.Target.Display} is.");
        var sudo = match.Form.Effect == OperationEffect.Changes ? host.Value is BotHost ? options.Sudo : host.Value.Sudo : null;
        return (match, [.. sudo is null ? [] : new[] { sudo, "-n", "--" }, program, .. match.Words.Skip(1)], host.Value);
    }

    private static Preview Preview(CommandMatch match, IReadOnlyList<string> words, Host host) =>
        new(host.Target, [new CardChange(match.Form.Title, "not run yet", SimpleCommand.Write(words) ?? string.Join(' ', words))])
        {
            Preconditions = new Dictionary<string, string> { ["way"] = host.Way, ["program"] = string.Join(' ', words) },
            PlainState = $"{match.Form.Title} on {host.Target.Display}.",
            Remarks = ["nothing tells whether it worked: whoever asked says so"],
        };
}

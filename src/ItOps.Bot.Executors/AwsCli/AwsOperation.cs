using System.Text.RegularExpressions;
using ItOps.Bot.Cloud;
using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Executors.AwsCli;

/// <summary>One call of the allow-list as an operation. Without a program it is only known by name, and every look at it says that AWS is not connected.</summary>
internal sealed class AwsOperation(AwsCall call, AwsCall? readBy, AwsProgram? aws, TimeProvider time) : IOperation
{
    // A reboot leaves no trace that tells whether it was ours, and doing it twice interrupts people twice.
    public OperationDescriptor Descriptor { get; } = new(
        call.Id, call.Title, call.Effect, call.Effect == OperationEffect.Changes ? ReplayClass.Never : ReplayClass.Idempotent, call.Risk,
        [.. call.Arguments.Select(a => new OperationArgument(a.Name, ArgumentKind.Text, a.Description))]);

    public bool IsConnected => aws is not null;

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        if (Obstacle(arguments) is { } obstacle)
            return obstacle;
        var name = Named(call.Target, arguments);
        var target = new PlanTarget("aws", $"{call.Service}/{string.Join('/', call.Arguments.Select(a => arguments[a.Name]))}", name, "AWS", Owner: null);
        if (readBy is null)
            return new Preview(target, [new CardChange(name, "is read", "nothing is changed")]) { PlainState = $"The look at {name} only reads; nothing is changed." };

        var read = await ReadAsync(readBy, arguments, cancellationToken);
        if (read.Failed)
            return read.Problem;
        var (found, facts) = read.Value;
        if (found.FirstOrDefault(f => f.Blocks) is { } blocking)
            return new Problem(ProblemCode.NotOffered, $"{name}: {blocking.Finding.Text}");
        return new Preview(target, [new CardChange(name, State(found, facts), Named(call.Title, arguments))]) { PlainState = $"{name}: {State(found, facts)}." };
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        if (Obstacle(step.Arguments) is { } obstacle)
            return obstacle;
        if (call.Effect == OperationEffect.ReadsOnly)
        {
            var read = await ReadAsync(call, step.Arguments, cancellationToken);
            return read.Failed ? read.Problem : new StepOutput { Findings = [.. read.Value.Found.Select(f => f.Finding).OrderByDescending(f => f.Level)], Facts = read.Value.Facts };
        }

        var answer = await aws!.CallAsync(call, step.Arguments, cancellationToken);
        if (answer.Json is not null)
            return new StepOutput { Lines = [$"AWS took it: {call.Service} {call.Command}"] };
        return answer.NotDone
            ? new Problem(answer.Code is null ? ProblemCode.SystemUnavailable : ProblemCode.PolicyRefused, answer.Said)
            : throw new TimeoutException($"{call.Service} {call.Command}: {answer.Said}");
    }

    /// <summary>For a change: the target as it is afterwards, which does not tell whether what it went through was ours.</summary>
    public async Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken)
    {
        if (readBy is null)
            return new(true, "The look only read; there is nothing to look at again.");
        var read = await ReadAsync(readBy, step.Arguments, cancellationToken);
        if (read.Failed)
            return new(false, $"It could not be read again: {read.Problem.Detail}") { IsProof = false };
        var (found, facts) = read.Value;
        return new(!found.Any(f => f.Blocks), $"{Named(call.Target, step.Arguments)}, read again: {State(found, facts)}") { IsProof = false };
    }

    private Problem? Obstacle(StepArguments arguments)
    {
        foreach (var argument in call.Arguments)
        {
            if (!Regex.IsMatch(arguments.GetValueOrDefault(argument.Name, ""), $@"\A(?:{argument.Pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))
                return new(ProblemCode.InvalidArguments, $"The value of '{argument.Name}' does not fit {argument.Pattern}.");
        }

        return aws is null ? new(ProblemCode.NotOffered, "AWS is not connected: Executors:AwsCli:Enabled is not true.") : null;
    }

    private async Task<Result<(IReadOnlyList<AwsMeaning> Found, IReadOnlyDictionary<string, string> Facts)>> ReadAsync(AwsCall reading, StepArguments arguments, CancellationToken cancellationToken)
    {
        var answer = await aws!.CallAsync(reading, arguments, cancellationToken);
        if (answer.Json is { } json)
            return AwsReading.Of(reading, json, time.GetUtcNow());
        if (answer.Code is { } code && reading.Errors.GetValueOrDefault(code) is { } meaning)
            return (new[] { meaning }, new Dictionary<string, string> { ["aws_error"] = code });
        return new Problem(ProblemCode.SystemUnavailable, answer.Said);
    }

    private static string State(IReadOnlyList<AwsMeaning> found, IReadOnlyDictionary<string, string> facts) =>
        found.Count > 0 ? string.Join(" ", found.Select(f => f.Finding.Text)) : string.Join(", ", facts.Select(f => $"{f.Key} {f.Value}"));

    private string Named(string text, StepArguments arguments) => call.Arguments.Aggregate(text, (all, argument) => all.Replace($"{{{argument.Name}}}", arguments[argument.Name], StringComparison.Ordinal));
}

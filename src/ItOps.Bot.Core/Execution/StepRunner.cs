using System.Diagnostics;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Execution;

/// <summary>Runs one step between two lines of the journal.</summary>
public sealed class StepRunner(OperationCatalog operations, RunProgress progress, Committer committer, TimeProvider time, ILogger<StepRunner> log)
{
    /// <summary>No step takes longer; one that does is stopped, and what it did is looked up.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    private const int AttemptLimit = 2;

    /// <summary>How a step went.</summary>
    public abstract record Outcome;

    public sealed record Ended(StepRecord Step) : Outcome;

    /// <summary>Nothing was done, because the target is not as it was when people approved.</summary>
    public sealed record TargetChanged(Problem? Refusal, Preview? Now) : Outcome;

    /// <summary>Another runner owns the request now.</summary>
    public sealed record LostOwnership : Outcome;

    public async Task<Outcome> RunAsync(ServiceRequest request, int index, StepRecord? before, RunLease lease, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("step");
        var planned = request.Plan!.Steps[index];
        activity?.SetTag("operation", planned.Operation);
        if (operations.Find(planned.Operation) is not { } operation)
            return new TargetChanged(new(ProblemCode.UnknownOperation, $"No enabled executor offers '{planned.Operation}'."), null);

        var record = before ?? new StepRecord(request.Id, request.Digest!, index, planned.Operation, StepStatus.Planned);
        if (record.Status == StepStatus.Started && await RecoverAsync(operation, planned, record, request, cancellationToken) is { } recovered)
            return await EndAsync(request, recovered, cancellationToken);

        var preview = await operation.PreviewAsync(planned.Arguments, cancellationToken);
        if (preview.Failed)
            return new TargetChanged(preview.Problem, null);
        if (!SameTarget(planned.Target, preview.Value.Target))
            return new TargetChanged(new(ProblemCode.PlanChanged, $"{planned.Target.Id} is not the object that was approved, or has another owner now."), null);
        var settled = operation.Descriptor.Effect == OperationEffect.Changes && preview.Value.Changes.Count == 0;

        // A report is about an account that somebody else may be changing at this moment: it is blocked as it is found.
        if (!settled && request.Report is null && Differs(request.Previews[index], preview.Value))
            return new TargetChanged(null, preview.Value);

        record = record with
        {
            Status = StepStatus.Started,
            Attempt = record.Attempt + 1,
            Fence = request.Fence,
            StartedAt = record.StartedAt ?? time.GetUtcNow(),
            Secret = record.Secret ?? operation.PrepareSecret(),
            Lines = [],
        };
        if (!await JournalAsync(record, "step.started", cancellationToken))
            return new LostOwnership();
        if (settled)
            return await EndAsync(request, await VerifyAsync(operation, Execution(planned, record), record, cancellationToken), cancellationToken);
        record = await AttemptAsync(operation, planned, record, request, lease, cancellationToken);
        if (record.Status != StepStatus.Planned)
            return await EndAsync(request, record, cancellationToken);

        // Not begun, for certain: whoever takes the request over begins it.
        await JournalAsync(record, "step.postponed", cancellationToken);
        return new LostOwnership();
    }

    /// <summary>Writes down that nobody knows how a step ended that was begun; <c>false</c> when another runner owns the request.</summary>
    public Task<bool> GiveUpAsync(ServiceRequest request, StepRecord begun, CancellationToken cancellationToken)
    {
        var problem = new Problem(ProblemCode.OutcomeUnknown, "The step was begun, and looking for its outcome failed again and again.");
        return JournalAsync(begun with { Status = StepStatus.Unknown, Fence = request.Fence, Problem = problem, EndedAt = time.GetUtcNow() }, "step.unknown", cancellationToken);
    }

    /// <summary>Does it, then reads the target. A paused process may wake up here after its lease: it must not act any more.</summary>
    private async Task<StepRecord> AttemptAsync(
        IOperation operation, PlanStep planned, StepRecord record, ServiceRequest request, RunLease lease, CancellationToken cancellationToken)
    {
        var execution = Execution(planned, record);
        if (!lease.IsHeld)
            return record with { Status = StepStatus.Planned };
        try
        {
            using var limit = new CancellationTokenSource(TimeLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var result = await operation.ExecuteAsync(execution, either.Token);
            if (result.Failed)
            {
                // Nothing happened, for certain. A system that is away may be back at once; one that refuses will refuse again.
                return result.Problem.Code == ProblemCode.SystemUnavailable && await AnotherAttemptAsync(record, cancellationToken) is { } retry
                    ? await AttemptAsync(operation, planned, retry, request, lease, cancellationToken)
                    : record with { Status = StepStatus.Failed, Problem = result.Problem };
            }

            record = record with { Lines = result.Value.Lines, Findings = result.Value.Findings, Facts = result.Value.Facts };
            if (result.Value.Failure is { } failure)
                return record with { Status = StepStatus.Failed, Problem = failure };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(e, "Step {Step} of {RequestNumber} ended without an answer", record.Index, request.Number);
            if (await RecoverAsync(operation, planned, record, request, cancellationToken) is { } known)
                return known;
            return await AnotherAttemptAsync(record, cancellationToken) is { } retry
                ? await AttemptAsync(operation, planned, retry, request, lease, cancellationToken)
                : record with { Status = StepStatus.Failed, Problem = new(ProblemCode.SystemUnavailable, $"The system gave no answer: {e.GetType().Name}.") };
        }

        return await VerifyAsync(operation, execution, record, cancellationToken);
    }

    private async Task<StepRecord?> AnotherAttemptAsync(StepRecord record, CancellationToken cancellationToken)
    {
        var next = record with { Attempt = record.Attempt + 1 };
        return record.Attempt < AttemptLimit && await JournalAsync(next, "step.started", cancellationToken) ? next : null;
    }

    private StepExecution Execution(PlanStep planned, StepRecord record) => new(planned.Arguments, record.Secret, record.StartedAt!.Value, (line, _) =>
    {
        progress.Report(record.RequestId, record.Index, line);
        return Task.CompletedTask;
    });

    private static async Task<StepRecord> VerifyAsync(IOperation operation, StepExecution execution, StepRecord record, CancellationToken cancellationToken)
    {
        var verification = await operation.VerifyAsync(execution, cancellationToken);
        return verification.Passed
            ? Passed(record, verification)
            : record with { Status = StepStatus.Failed, Problem = new(ProblemCode.VerificationFailed, verification.Text) };
    }

    private static StepRecord Passed(StepRecord record, Verification verification) => verification.Looked
        ? record with { Status = StepStatus.Succeeded, VerifiedText = verification.Text }
        : record with { Status = StepStatus.Succeeded, Lines = [.. record.Lines, verification.Text] };

    /// <summary>
    /// What is known of a step that was started and whose end was not written: succeeded, unknown, or null when it may be run (again).
    /// </summary>
    private async Task<StepRecord?> RecoverAsync(
        IOperation operation, PlanStep planned, StepRecord record, ServiceRequest request, CancellationToken cancellationToken)
    {
        record = record with { Fence = request.Fence };
        var unknown = record with { Status = StepStatus.Unknown, Problem = new(ProblemCode.OutcomeUnknown, "The bot was interrupted in the middle of the step.") };
        var replay = operation.ReplayOf(planned.Arguments);
        if (replay == ReplayClass.Never)
            return unknown;
        if (operation.Descriptor.Effect == OperationEffect.ReadsOnly)
            return null;
        var execution = Execution(planned, record);
        var verification = await operation.VerifyAsync(execution, cancellationToken);
        if (verification is { Passed: true, IsProof: true })
            return record with { Status = StepStatus.Succeeded, VerifiedText = verification.Text };
        return replay == ReplayClass.Look ? unknown : null;
    }

    private async Task<Outcome> EndAsync(ServiceRequest request, StepRecord record, CancellationToken cancellationToken)
    {
        progress.End(record.RequestId, record.Index);
        record = record with { EndedAt = time.GetUtcNow(), Fence = request.Fence };
        var action = record.Status switch { StepStatus.Succeeded => "step.succeeded", StepStatus.Unknown => "step.unknown", _ => "step.failed" };
        Telemetry.Steps.Add(1, new KeyValuePair<string, object?>("operation", record.Operation), new("status", record.Status.ToString()));
        return await JournalAsync(record, action, cancellationToken) ? new Ended(record) : new LostOwnership();
    }

    private async Task<bool> JournalAsync(StepRecord record, string action, CancellationToken cancellationToken)
    {
        var commit = new Commit().Add(new StepJournaled(record)).Audit(AuditEntry.ByBot(
            action,
            $"{record.RequestId}#{record.Index}",
            record.RequestId,
            ("operation", record.Operation),
            ("attempt", record.Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("detail", record.VerifiedText ?? record.Problem?.Detail ?? "")));
        return await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed;
    }

    /// <summary>The owner is who must not approve and who gets the secret: another one is another plan.</summary>
    private static bool SameTarget(PlanTarget approved, PlanTarget now) =>
        (approved.Kind, approved.Id, approved.Owner) == (now.Kind, now.Id, now.Owner);

    private static bool Differs(Preview approved, Preview now) =>
        approved.Preconditions.Count != now.Preconditions.Count
        || approved.Preconditions.Any(p => now.Preconditions.GetValueOrDefault(p.Key) != p.Value);
}

using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Execution;

/// <summary>
/// The only component that has effects. It runs an approved request from wherever its journal stands: it claims the request (fence and lease), holds the
/// plan against its approval, looks at the targets again, writes "started" before each effect and the result after it, and verifies (I1, I9, I10).
/// Running the same request twice, at once or after a crash, has each effect at most once or ends as unknown.
/// </summary>
public sealed class PlanRunner(
    IRequestStore requests,
    IApprovalStore approvals,
    OperationCatalog operations,
    StepRunner steps,
    RunEnds ends,
    Committer committer,
    TimeProvider time,
    ILogger<PlanRunner> log)
{
    /// <summary>A run that was left behind more often than this is not tried again: a person looks.</summary>
    public const int InterruptionLimit = 5;

    public async Task RunAsync(string requestId, CancellationToken cancellationToken)
    {
        if (await ClaimAsync(requestId, cancellationToken) is not { } request)
            return;
        log.LogInformation("Running {RequestNumber} ({RequestId}), fence {Fence}", request.Number, request.Id, request.Fence);
        var asked = await approvals.ForRequestAsync(request.Id, cancellationToken);
        if (Obstacle(request, asked) is { } problem)
        {
            await ends.StopAsync(request, problem, cancellationToken);
            return;
        }

        if (request.Interruptions > InterruptionLimit)
        {
            await GiveUpAsync(request, cancellationToken);
            return;
        }

        await using var lease = new RunLease(request, committer, time, cancellationToken);
        await RunStepsAsync(request, lease, lease.Lost);
    }

    private async Task RunStepsAsync(ServiceRequest request, RunLease lease, CancellationToken cancellationToken)
    {
        var journal = (await requests.StepsAsync(request.Id, cancellationToken)).Where(s => s.Digest == request.Digest).ToDictionary(s => s.Index);
        for (var index = 0; index < request.Plan!.Steps.Count; index++)
        {
            var record = journal.GetValueOrDefault(index);
            if (record?.Status == StepStatus.Succeeded)
                continue;
            switch (await steps.RunAsync(request, index, record, lease, cancellationToken))
            {
                case StepRunner.Ended { Step.Status: StepStatus.Succeeded }:
                    break;
                case StepRunner.Ended { Step: { Status: StepStatus.Unknown } }:
                    await ends.UnknownAsync(request, cancellationToken);
                    return;
                case StepRunner.Ended { Step: var failed }:
                    await ends.FailedAsync(request, failed.Problem!, cancellationToken);
                    return;
                case StepRunner.TargetChanged { Refusal: { } refusal }:
                    await ends.StopAsync(request, refusal, cancellationToken);
                    return;
                case StepRunner.TargetChanged changed:
                    await ends.AskAgainAsync(request, index, changed.Now!, cancellationToken);
                    return;
                default:
                    log.LogWarning("{RequestNumber} was taken over by another runner; this one stops", request.Number);
                    return;
            }
        }

        await ends.SucceededAsync(request, cancellationToken);
    }

    /// <summary>Whatever keeps the run from its end is not going away: what is known is written down, and people take over.</summary>
    private async Task GiveUpAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        log.LogError("{RequestNumber} was interrupted {Interruptions} times and is given up", request.Number, request.Interruptions - 1);
        var journal = await requests.StepsAsync(request.Id, cancellationToken);
        if (journal.FirstOrDefault(s => s.Digest == request.Digest && s.Status == StepStatus.Started) is not { } begun)
            await ends.FailedAsync(request, new(ProblemCode.SystemUnavailable, $"The run was interrupted {request.Interruptions - 1} times."), cancellationToken);
        else if (await steps.GiveUpAsync(request, begun, cancellationToken))
            await ends.UnknownAsync(request, cancellationToken);
    }

    /// <summary>Becomes the only runner of the request, or gives way.</summary>
    private async Task<ServiceRequest?> ClaimAsync(string requestId, CancellationToken cancellationToken)
    {
        var request = await requests.FindAsync(requestId, cancellationToken);
        var now = time.GetUtcNow();
        var free = request?.Status == RequestStatus.Approved
            || (request?.Status is RequestStatus.Running or RequestStatus.Verifying && request.LeaseUntil <= now);
        if (request is null || !free || request.Group is { IsHeld: true })
            return null;
        var claimed = request with
        {
            Status = RequestStatus.Running,
            Fence = request.Fence + 1,
            LeaseUntil = now + RunLease.Length,
            Interruptions = request.Status == RequestStatus.Approved ? 0 : request.Interruptions + 1,
            Version = request.Version + 1,
            UpdatedAt = now,
        };
        var commit = new Commit().Add(new RequestSaved(claimed)).Audit(AuditEntry.ByBot(
            "request.running", request.Id, request.Id, ("fence", claimed.Fence.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        return await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed ? claimed : null;
    }

    /// <summary>Nothing runs without a yes, still good, to exactly this plan (I1).</summary>
    private Problem? Obstacle(ServiceRequest request, IReadOnlyList<Approval> asked)
    {
        if (request.Plan is null)
            return new(ProblemCode.PlanChanged, "The request has no plan.");
        var digest = PlanDigest.Of(request.Plan);

        // Only the newest question counts: an older yes to the same plan was given to targets that have changed since.
        if (asked.Where(a => a.Purpose != ApprovalPurpose.Attestation).OrderBy(a => a.AskedAt).ThenBy(a => a.Id, StringComparer.Ordinal).LastOrDefault() is not { } last
            || !IsGranted(last, request))
        {
            return new(ProblemCode.NoApprover, "The request is marked approved, and no approval of it was granted.");
        }

        if (digest != request.Digest || last.Digest != digest)
            return new(ProblemCode.PlanChanged, "The plan is not the one that was approved.");
        return time.GetUtcNow() <= last.ExpiresAt ? null : new(ProblemCode.ApprovalExpired, "The approval expired before the plan could run.");
    }

    /// <summary>Marked granted, and by as many people as it takes, none of whom may not (I2). A requester's own yes is enough for what only reads.</summary>
    private bool IsGranted(Approval approval, ServiceRequest request)
    {
        if (approval.Status != ApprovalStatus.Granted || approval.RequestId != request.Id || approval.Votes.Any(v => v.Verdict is Verdict.Deny or Verdict.Ask))
            return false;
        var people = approval.Votes.Select(v => v.Person).ToHashSet();
        return approval.Purpose switch
        {
            ApprovalPurpose.Consent => PlanValidator.OnlyReads(request.Plan!, operations) && people.SetEquals([request.Requester]),
            ApprovalPurpose.Report => request.Report is not null && PlanValidator.OnlyTakesAway(request.Plan!, operations)
                && people.Count > 0 && people.IsSubsetOf(approval.People),
            _ => people.Count >= Math.Max(1, approval.Quorum) && !people.Contains(request.Requester) && !request.Plan!.TargetOwners.Any(people.Contains),
        };
    }
}

using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Execution;

/// <summary>
/// The only component that has effects. It runs an approved request from wherever its journal stands: it claims the request (fence and lease), holds the
/// plan against its approval, looks at the targets again, writes "started" before each effect and the result after it, and verifies (I1, I9, I10).
/// Running the same request twice, at once or after a crash, has each effect at most once or ends as unknown.
/// </summary>
public sealed class PlanRunner(
    IRequestStore requests, IApprovalStore approvals, StepRunner steps, RunEnds ends, Committer committer, TimeProvider time, ILogger<PlanRunner> log)
{
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

    /// <summary>Becomes the only runner of the request, or gives way.</summary>
    private async Task<ServiceRequest?> ClaimAsync(string requestId, CancellationToken cancellationToken)
    {
        var request = await requests.FindAsync(requestId, cancellationToken);
        var now = time.GetUtcNow();
        var free = request?.Status == RequestStatus.Approved
            || (request?.Status is RequestStatus.Running or RequestStatus.Verifying && request.LeaseUntil <= now);
        if (request is null || !free)
            return null;
        var claimed = request with
        {
            Status = RequestStatus.Running,
            Fence = request.Fence + 1,
            LeaseUntil = now + RunLease.Length,
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
        var granted = asked.Where(a => a.Status == ApprovalStatus.Granted && a.Purpose != ApprovalPurpose.Attestation).ToList();
        if (granted.Count == 0)
            return new(ProblemCode.NoApprover, "The request is marked approved, and no approval of it was granted.");
        var same = granted.Where(a => a.Digest == digest).ToList();
        if (digest != request.Digest || same.Count == 0)
            return new(ProblemCode.PlanChanged, "The plan is not the one that was approved.");
        return same.Exists(a => time.GetUtcNow() <= a.ExpiresAt) ? null : new(ProblemCode.ApprovalExpired, "The approval expired before the plan could run.");
    }
}

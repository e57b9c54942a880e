using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>
/// The only component that decides approvals. Each press is judged on the authenticated person, and becomes at most one compare-and-set; whoever comes
/// second learns who was first (I2, I3).
/// </summary>
public sealed class ApprovalService(
    IApprovalStore approvals, IRequestStore requests, Eligibility eligibility, ApprovalDecisions decisions, DecisionRecords records, ApprovalClock clock, Committer committer,
    TimeProvider time)
{
    private const int NoteLimit = 500;

    // Each lost race means that somebody else's press counted, so that this many only happen when something is broken.
    private const int AttemptLimit = 100;

    /// <summary>Decides, or says why not. Safe to repeat.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was decided; press again later.</exception>
    public Task<Decided> DecideAsync(Principal actor, string approvalId, Verdict verdict, string? note, CancellationToken cancellationToken) =>
        DecideAsync(actor, approvalId, verdict, note, null, cancellationToken);

    /// <inheritdoc cref="DecideAsync(Principal, string, Verdict, string?, CancellationToken)"/>
    /// <param name="typed">What was typed to confirm, where <see cref="Approval.TypeToConfirm"/> asks for it.</param>
    public async Task<Decided> DecideAsync(
        Principal actor, string approvalId, Verdict verdict, string? note, string? typed, CancellationToken cancellationToken)
    {
        note = note is null ? null : MessageText.Cut(MessageText.Clean(note), NoteLimit);
        for (var attempt = 1; attempt <= AttemptLimit; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await approvals.FindAsync(approvalId, cancellationToken) is not { } approval
                || await requests.FindAsync(approval.RequestId, cancellationToken) is not { } request)
            {
                return Refused(new(ProblemCode.NotAnApprover, "There is no such approval."));
            }

            // Whether it is open, and who decided, is said only to those who may know.
            if (await eligibility.ObstacleAsync(approval, actor, cancellationToken) is { } obstacle)
                return await RefuseAsync(actor, approval, obstacle, null, cancellationToken);
            if (approval.Status != ApprovalStatus.Pending)
                return AlreadyDecided(actor, approval);
            if (approval.Votes.Any(v => v.Person == actor.Id) && verdict != Verdict.Ask)
                return new(DecidedKind.AlreadyDecided, Words.English.Decision(DecisionOutcome.AlreadyByYou, null));
            if (time.GetUtcNow() >= approval.ExpiresAt)
            {
                // Somebody who pressed in time may be about to be stored. Only when the end itself is, it may be told.
                await clock.TickAsync(approvalId, cancellationToken);
                continue;
            }

            // The approval and its request were not read in one moment: when it was decided in between, the approval says by whom.
            if (!Waits(request, approval.Purpose) && await approvals.FindAsync(approvalId, cancellationToken) is { Status: not ApprovalStatus.Pending })
                continue;
            if (!Waits(request, approval.Purpose))
                return Refused(new(ProblemCode.ApprovalClosed, $"The request is {request.Status}."), Words.English.Decision(DecisionOutcome.Closed, null));
            if (!Fits(verdict, approval.Purpose))
                return Refused(new(ProblemCode.InvalidArguments, $"'{verdict}' is not an answer to this question."));
            if (verdict == Verdict.Approve && approval.TypeToConfirm is { } name && !TypedConfirmation.Matches(typed, name))
                return await RefuseAsync(actor, approval, new(ProblemCode.NotTyped, $"'{name}' was not typed."), Words.English.NotTyped(name), cancellationToken);
            if (await records.ObstacleAsync(actor, approval, cancellationToken) is { } tooMany)
                return await RefuseAsync(actor, approval, tooMany, null, cancellationToken);

            var steps = await requests.StepsAsync(request.Id, cancellationToken);
            var press = await decisions.DecideAsync(approval, request, steps, actor, verdict, note, cancellationToken);
            var record = records.Add(press, actor, approval, verdict);
            if (await committer.CommitAsync(press.Commit, cancellationToken) != CommitOutcome.Committed)
                continue;
            DecisionRecords.Measure(record);
            return press.Decided;
        }

        throw new InvalidOperationException($"A press on approval {approvalId} conflicted {AttemptLimit} times.");
    }

    /// <summary>Whether the request still waits for this answer.</summary>
    private static bool Waits(ServiceRequest request, ApprovalPurpose purpose) => purpose switch
    {
        ApprovalPurpose.Consent => request.Status is RequestStatus.Draft or RequestStatus.AwaitingApproval,
        ApprovalPurpose.Outcome => request.Status == RequestStatus.Unknown,
        ApprovalPurpose.Report => request.Status == RequestStatus.Prepared,
        _ => request.Status == RequestStatus.AwaitingApproval,
    };

    private static bool Fits(Verdict verdict, ApprovalPurpose purpose) => purpose switch
    {
        ApprovalPurpose.Outcome => verdict is Verdict.ItHappened or Verdict.RunAgain,
        ApprovalPurpose.Report => verdict == Verdict.NotMe,
        _ => verdict is Verdict.Approve or Verdict.Deny or Verdict.Ask,
    };

    private async Task<Decided> RefuseAsync(Principal actor, Approval approval, Problem obstacle, string? text, CancellationToken cancellationToken)
    {
        var entry = AuditEntry.By(
            actor.Person, "approval.refused", approval.Id, approval.RequestId, ("why", obstacle.Code.ToString()), ("channel", actor.Via.Channel));
        await committer.CommitAsync(new Commit().Audit(entry), cancellationToken);
        return Refused(obstacle, text);
    }

    private static Decided Refused(Problem problem, string? text = null) =>
        new(DecidedKind.Refused, text ?? Words.English.DecisionRefused(problem.Code), problem);

    private static Decided AlreadyDecided(Principal actor, Approval approval)
    {
        var outcome = approval.Status switch
        {
            ApprovalStatus.Expired => DecisionOutcome.Expired,
            ApprovalStatus.Withdrawn => DecisionOutcome.Closed,
            _ when approval.Votes.Any(v => v.Person == actor.Id) => DecisionOutcome.AlreadyByYou,
            _ => DecisionOutcome.AlreadyBy,
        };
        if (approval is { Purpose: ApprovalPurpose.Report, Status: ApprovalStatus.Granted })
            return new(DecidedKind.AlreadyDecided, Words.English.ReportedAlready);
        return new(DecidedKind.AlreadyDecided, Words.English.Decision(outcome, approval.Votes is [.., var last] ? last.Name : null));
    }
}

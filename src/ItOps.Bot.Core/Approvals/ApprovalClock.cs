using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>What time does to an open approval: a reminder, an escalation, the end. Each happens once, whoever calls and however often (I3).</summary>
public sealed class ApprovalClock(
    IApprovalStore approvals, IRequestStore requests, ApprovalPosts posts, HandOffDesk handOffs, Committer committer, TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var approval in await approvals.DueAsync(time.GetUtcNow(), take: 100, cancellationToken))
            await TickAsync(approval.Id, cancellationToken);
    }

    /// <summary>Does what is due for one approval; nothing when nothing is.</summary>
    public async Task TickAsync(string approvalId, CancellationToken cancellationToken)
    {
        var approval = await approvals.FindAsync(approvalId, cancellationToken);
        if (approval is not { Status: ApprovalStatus.Pending } || await requests.FindAsync(approval.RequestId, cancellationToken) is not { } request)
            return;
        var now = time.GetUtcNow();
        var commit = new Commit();
        if (now >= approval.ExpiresAt)
            await ExpireAsync(commit, approval, request, cancellationToken);
        else if (!approval.Escalated && now >= approval.EscalateAt)
            await EscalateAsync(commit, approval, request, cancellationToken);
        else if (!approval.Reminded && now >= approval.RemindAt)
            await RemindAsync(commit, approval, request, cancellationToken);

        // A conflict means that somebody decided, or another clock was faster: there is nothing left to do.
        await committer.CommitAsync(commit, cancellationToken);
    }

    private async Task ExpireAsync(Commit commit, Approval approval, ServiceRequest request, CancellationToken cancellationToken)
    {
        approval = approval with { Status = ApprovalStatus.Expired, Version = approval.Version + 1 };
        commit.Add(new ApprovalSaved(approval)).Audit(AuditEntry.ByBot("approval.expired", approval.Id, request.Id));
        if (approval.Purpose == ApprovalPurpose.Outcome)
        {
            var steps = await requests.StepsAsync(request.Id, cancellationToken);
            request = await handOffs.ToHumanAsync(commit, request, "Nobody said whether it happened.", steps, cancellationToken);
            commit.Add(new TurnAccepted(RequestTurn.For(request, RequestEvent.Failed, time)));
        }
        else if (approval.Purpose is not (ApprovalPurpose.Consent or ApprovalPurpose.Report))
        {
            request = request with { Status = RequestStatus.Expired, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
            commit.Add(new RequestSaved(request)).Add(new TurnAccepted(RequestTurn.For(request, RequestEvent.Expired, time)));
        }

        posts.Update(commit, request, [approval], []);
    }

    private async Task EscalateAsync(Commit commit, Approval approval, ServiceRequest request, CancellationToken cancellationToken)
    {
        approval = approval with { Escalated = true, Version = approval.Version + 1 };
        approval = await posts.WidenAsync(commit, request, approval, cancellationToken);
        commit.Add(new ApprovalSaved(approval))
            .Add(new TurnAccepted(RequestTurn.For(request, RequestEvent.Escalated, time)))
            .Audit(AuditEntry.ByBot("approval.escalated", approval.Id, request.Id, ("to", string.Join(", ", approval.EscalateTo))));
    }

    /// <summary>What shares a card is reminded of together.</summary>
    private async Task RemindAsync(Commit commit, Approval approval, ServiceRequest request, CancellationToken cancellationToken)
    {
        var together = approval.Bundle is { } bundle ? await approvals.ForBundleAsync(bundle, cancellationToken) : [approval];
        var titles = new List<string>();
        foreach (var open in together.Where(a => a is { Status: ApprovalStatus.Pending, Reminded: false }))
        {
            commit.Add(new ApprovalSaved(open with { Reminded = true, Version = open.Version + 1 })).Audit(AuditEntry.ByBot("approval.reminded", open.Id, open.RequestId));
            titles.Add(open.Id == approval.Id ? request.Title : (await requests.FindAsync(open.RequestId, cancellationToken))?.Title ?? "");
        }

        foreach (var place in approval.PostedTo)
            commit.Add(new MessageQueued(new(Id.New(time), place, new(Words.English.Reminder(string.Join("; ", titles))), time.GetUtcNow())));
    }
}

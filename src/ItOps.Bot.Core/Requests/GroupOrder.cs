using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>
/// The only component that releases a request that comes after others. It looks at a group as it is stored, so it may be called at any time and any number of
/// times: after each commit, and by the sweeper (I9). It starts nothing: what is released still needs its approval (I1).
/// </summary>
public sealed class GroupOrder(IRequestStore requests, IApprovalStore approvals, ApprovalPosts posts, Committer committer, TimeProvider time)
{
    public async Task ReviewAsync(string groupId, CancellationToken cancellationToken)
    {
        var members = await requests.ForGroupAsync(groupId, cancellationToken);
        foreach (var held in members.Where(m => m is { Group.IsHeld: true, Status: RequestStatus.AwaitingApproval or RequestStatus.Approved }))
        {
            // A conflict means that the request changed meanwhile, and whoever changed it has the group looked at again.
            if (await MoveAsync(held, held.Group!, members, cancellationToken) is { } commit)
                await committer.CommitAsync(commit, cancellationToken);
        }
    }

    private async Task<Commit?> MoveAsync(ServiceRequest held, GroupPlace group, IReadOnlyList<ServiceRequest> members, CancellationToken cancellationToken)
    {
        var waiting = group.Open.Where(p => StatusOf(p, members) != RequestStatus.Succeeded).ToList();
        if (waiting.Count == 0)
            return await SaveAsync(held, group with { IsReleased = true }, "request.released", cancellationToken);
        var over = waiting.Where(p => !group.AskedAbout.Contains(p.Id) && IsOver(StatusOf(p, members))).ToList();
        if (over.Count > 0)
        {
            var asking = await SaveAsync(held, group with { AskedAbout = [.. group.AskedAbout, .. over.Select(p => p.Id)] }, "request.stranded", cancellationToken);
            return asking.Add(new TurnAccepted(RequestTurn.For(Next(held, group), RequestEvent.Stranded, time)));
        }

        return group.IsAsking && held.Status == RequestStatus.Approved && await IsTooLateAsync(held, cancellationToken) ? await ExpireAsync(held, cancellationToken) : null;
    }

    private async Task<Commit> SaveAsync(ServiceRequest held, GroupPlace group, string action, CancellationToken cancellationToken)
    {
        var moved = Next(held, group);
        var commit = new Commit().Add(new RequestSaved(moved)).Audit(AuditEntry.ByBot(action, held.Id, held.Id, ("after", string.Join(", ", group.After.Select(p => p.Number)))));
        posts.Update(commit, moved, await approvals.ForRequestAsync(held.Id, cancellationToken), []);
        return commit;
    }

    /// <summary>Nobody said whether to go on for as long as the approval was good: it ends as what nobody got to does.</summary>
    private async Task<Commit> ExpireAsync(ServiceRequest held, CancellationToken cancellationToken)
    {
        var expired = Next(held, held.Group!) with { Status = RequestStatus.Expired };
        var commit = new Commit()
            .Add(new RequestSaved(expired))
            .Add(new TurnAccepted(RequestTurn.For(expired, RequestEvent.Expired, time)))
            .Audit(AuditEntry.ByBot("request.expired", held.Id, held.Id, ("why", "Nobody said whether to go on without what comes first.")));
        posts.Update(commit, expired, await approvals.ForRequestAsync(held.Id, cancellationToken), []);
        return commit;
    }

    private async Task<bool> IsTooLateAsync(ServiceRequest held, CancellationToken cancellationToken) =>
        (await approvals.ForRequestAsync(held.Id, cancellationToken)).All(a => a.ExpiresAt < time.GetUtcNow());

    private ServiceRequest Next(ServiceRequest held, GroupPlace group) => held with { Group = group, Version = held.Version + 1, UpdatedAt = time.GetUtcNow() };

    private static RequestStatus? StatusOf(Predecessor predecessor, IReadOnlyList<ServiceRequest> members) => members.FirstOrDefault(m => m.Id == predecessor.Id)?.Status;

    /// <summary>
    /// It will not succeed by itself any more. What came to no request at all never will; nor will a draft, which is a guide that the person left, because what comes
    /// after is only taken up then.
    /// </summary>
    private static bool IsOver(RequestStatus? status) =>
        status is null or RequestStatus.Draft or RequestStatus.Denied or RequestStatus.Expired or RequestStatus.Cancelled or RequestStatus.Failed or RequestStatus.HandedOff;
}

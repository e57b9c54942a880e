using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Requests;

/// <summary>What somebody takes back: one request, or all that a message asked for. Everything goes into the turn's commit.</summary>
public sealed class Cancellations(IRequestStore requests, IApprovalStore approvals, RequestDrafts drafts, ApprovalPosts posts, TimeProvider time)
{
    private const int MostOffered = 5;

    public async Task CancelAsync(DialogTurn turn, CancelRequest cancel, CancellationToken cancellationToken)
    {
        if (cancel.RequestId is not { } requestId)
        {
            await CancelOnlyOneAsync(turn, cancellationToken);
            return;
        }

        var request = await drafts.LoadAsync(turn, requestId, cancellationToken);
        if (cancel.MayAsk && request.Requester == turn.Actor.Id && await OpenOfGroupAsync(request, cancellationToken) is { Count: > 1 } open)
        {
            // "Cancel all of it" after this list means the list.
            turn.Memory = turn.Memory with { RequestId = request.Id };
            Offer(turn, open, request.Group?.Id);
            return;
        }

        await CancelAsync(turn, request, cancellationToken);
    }

    /// <summary>All of one message; when it is not said of which, of that which the request came from; without one, as for a single request.</summary>
    public async Task CancelAllAsync(DialogTurn turn, CancelAll cancel, CancellationToken cancellationToken)
    {
        var last = cancel.Group is null && (cancel.RequestId ?? turn.Memory.RequestId) is { } id ? await requests.FindAsync(id, cancellationToken) : null;
        if ((cancel.Group ?? (last?.Requester == turn.Actor.Id ? last.Group?.Id : null)) is not { } group)
        {
            await CancelAsync(turn, new CancelRequest(last is { IsOpen: true } ? last.Id : null), cancellationToken);
            return;
        }

        var members = (await requests.ForGroupAsync(group, cancellationToken)).Where(r => r.IsOpen).ToList();
        foreach (var member in members)
            await CancelAsync(turn, member, cancellationToken);
        if (members.Count == 0 && !cancel.Dropped)
            turn.Say(turn.Words.NothingToCancel);
    }

    /// <summary>Nobody is to decide about it any more.</summary>
    public async Task CloseApprovalsAsync(DialogTurn turn, ServiceRequest request, CancellationToken cancellationToken)
    {
        var closed = new List<Approval>();
        foreach (var approval in await approvals.ForRequestAsync(request.Id, cancellationToken))
        {
            closed.Add(approval.Status == ApprovalStatus.Pending ? approval with { Status = ApprovalStatus.Withdrawn, Version = approval.Version + 1 } : approval);
            if (closed[^1] != approval)
                turn.Commit.Add(new ApprovalSaved(closed[^1]));
        }

        posts.Update(turn.Commit, request, closed, await requests.StepsAsync(request.Id, cancellationToken));
    }

    private async Task CancelOnlyOneAsync(DialogTurn turn, CancellationToken cancellationToken)
    {
        var open = (await requests.ByRequesterAsync(turn.Actor.Id, 20, cancellationToken)).Where(r => r.IsOpen && r.Status != RequestStatus.Unknown).ToList();
        if (open.Count == 0)
            turn.Say(turn.Words.NothingToCancel);
        else if (open is [var only])
            await CancelAsync(turn, only, cancellationToken);
        else
            Offer(turn, open, open.Find(r => r.Id == turn.Memory.RequestId)?.Group is { } group && open.Count(r => r.Group?.Id == group.Id) > 1 ? group.Id : null);
    }

    /// <param name="turn">Who is asked.</param>
    /// <param name="open">What may be meant.</param>
    /// <param name="group">The message of which all is offered as well.</param>
    private static void Offer(DialogTurn turn, List<ServiceRequest> open, string? group) => turn.Say(
        turn.Words.WhichToCancel,
        [
            .. open.Take(MostOffered).Select(r => new Option(_ => $"{r.Number}: {r.Title}", new CancelPicked(r.Id))),
            .. group is null ? Array.Empty<Option>() : [new Option(w => w.AllOfIt, new AskedCancel { All = true, Group = group })],
        ]);

    private async Task<List<ServiceRequest>> OpenOfGroupAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        request.Group is { } group ? [.. (await requests.ForGroupAsync(group.Id, cancellationToken)).Where(r => r.IsOpen && r.Status != RequestStatus.Unknown)] : [];

    private async Task CancelAsync(DialogTurn turn, ServiceRequest request, CancellationToken cancellationToken)
    {
        var mayStop = request.Status is RequestStatus.Draft or RequestStatus.AwaitingApproval || request is { Status: RequestStatus.Approved, Group.IsHeld: true };
        if (request.Requester != turn.Actor.Id || !mayStop)
        {
            turn.Say(turn.Words.TooLateToCancel(request.Number));
            return;
        }

        var cancelled = request with { Status = RequestStatus.Cancelled, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        turn.Commit.Add(new RequestSaved(cancelled)).Audit(AuditEntry.By(turn.Actor.Person, "request.cancelled", request.Id, request.Id));
        await CloseApprovalsAsync(turn, cancelled, cancellationToken);
        turn.Say(turn.Words.Cancelled(request.Number));
    }
}

using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>An approval as one person sees it.</summary>
public sealed record ApprovalQueueItem(Approval Approval, Card Card);

/// <summary>What waits for a person's decision, and what was decided among their colleagues.</summary>
public sealed class ApprovalQueue(IApprovalStore approvals, IRequestStore requests, Eligibility eligibility, RequestDesk desk, RequestCards cards, SharedCards shared, IPickupStore pickups, HandOffQueue handOffs)
{
    /// <summary>Oldest first; only what this person may decide.</summary>
    public async Task<IReadOnlyList<ApprovalQueueItem>> PendingForAsync(Principal person, CancellationToken cancellationToken)
    {
        var items = new List<ApprovalQueueItem>();
        bool? mayDecide = null;
        foreach (var approval in await approvals.PendingAsync(cancellationToken))
        {
            if (approval.Purpose is ApprovalPurpose.Consent or ApprovalPurpose.Report || await eligibility.ObstacleAsync(approval, person.Id, cancellationToken) is not null)
                continue;
            if (!(mayDecide ??= await eligibility.StandingAsync(person, cancellationToken) is null))
                break;
            await AddAsync(items, approval, cancellationToken);
        }

        return items;
    }

    /// <summary>The same as cards: approvals that share one stand on it together, where the oldest of them is.</summary>
    public async Task<IReadOnlyList<Card>> CardsForAsync(Principal person, CancellationToken cancellationToken)
    {
        var waiting = (await PendingForAsync(person, cancellationToken)).DistinctBy(i => i.Approval.Id).GroupBy(i => i.Approval.Bundle ?? i.Approval.Id);
        var shown = new List<Card>();
        foreach (var together in waiting)
        {
            var card = together.First().Approval.Bundle is { } bundle ? await shared.ForAsync(person, bundle, cancellationToken) : null;
            shown.Add(card is { ApprovalId: not null } ? card : together.First().Card);
        }

        return shown;
    }

    /// <summary>Newest first; what this person decided, and everything for those who see all requests.</summary>
    public async Task<IReadOnlyList<ApprovalQueueItem>> DecidedAsync(Principal person, int take, CancellationToken cancellationToken)
    {
        var items = new List<ApprovalQueueItem>();
        var seesAll = await desk.SeesAllAsync(person, cancellationToken);
        foreach (var approval in await approvals.DecidedAsync(take, cancellationToken))
        {
            if (approval.Purpose is not (ApprovalPurpose.Consent or ApprovalPurpose.Report) && (seesAll || approval.Votes.Any(v => v.Person == person.Id)))
                await AddAsync(items, approval, cancellationToken);
        }

        return items;
    }

    /// <summary>The card as this person sees it now: with buttons for who may decide, without for the rest. None when there is no such approval. Also of a hand-off, and of the question whether it was they who opened a link.</summary>
    public async Task<Card?> CardForAsync(Principal person, string approvalId, CancellationToken cancellationToken)
    {
        if (ApprovalBundles.IsBundle(approvalId))
            return await shared.ForAsync(person, approvalId, cancellationToken);
        if (await pickups.FindAsync(approvalId, cancellationToken) is { } pickup)
            return pickup.Recipient == person.Id ? PickupPosts.CardOf(pickup, Words.English) : null;
        if (await handOffs.CardForAsync(person, approvalId, cancellationToken) is { } handedOff)
            return handedOff;
        if (await approvals.FindAsync(approvalId, cancellationToken) is not { } approval || await requests.FindAsync(approval.RequestId, cancellationToken) is not { } request)
            return null;
        var steps = await requests.StepsAsync(request.Id, cancellationToken);
        var card = request.Report is null ? cards.ForApprover(request, approval, steps) : RequestCards.ForReport(request, approval, steps, person.Id, Words.English);
        return await eligibility.ObstacleAsync(approval, person, cancellationToken) is null ? card : card with { Buttons = [] };
    }

    /// <summary>The card as it stands in a message: where the approval shares one, all of that.</summary>
    public async Task<Card?> MessageCardForAsync(Principal person, string approvalId, CancellationToken cancellationToken) =>
        !ApprovalBundles.IsBundle(approvalId) && await approvals.FindAsync(approvalId, cancellationToken) is { Bundle: { } bundle }
            ? await shared.ForAsync(person, bundle, cancellationToken)
            : await CardForAsync(person, approvalId, cancellationToken);

    private async Task AddAsync(List<ApprovalQueueItem> items, Approval approval, CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(approval.RequestId, cancellationToken) is { } request)
            items.Add(new(approval, cards.ForApprover(request, approval, await requests.StepsAsync(request.Id, cancellationToken))));
    }
}

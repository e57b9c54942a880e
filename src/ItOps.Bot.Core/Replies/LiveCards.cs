using ItOps.Bot.Approvals;
using ItOps.Bot.Conversations;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Replies;

/// <summary>
/// Draws a card of several requests at the moment it is sent. Each of them changes by commits of its own, which know nothing of the others; whatever is sent last was
/// drawn after all of them, so that every copy ends the same.
/// </summary>
public sealed class LiveCards(IApprovalStore approvals, IRequestStore requests, IHandOffStore handOffs, GroupCards cards) : ILiveReplies
{
    public async Task<Reply?> DrawAsync(string topic, ConversationId place, CancellationToken cancellationToken) =>
        CardTopics.BundleOf(topic) is { } bundle ? await OfBundleAsync(bundle, place, cancellationToken)
        : CardTopics.GroupOf(topic) is { } group ? await OfGroupAsync(group, cancellationToken)
        : null;

    /// <summary>The parts of a shared card, each with the approval that shares it.</summary>
    public async Task<IReadOnlyList<CardPart>> PartsAsync(IEnumerable<Approval> bundled, CancellationToken cancellationToken)
    {
        var parts = new List<CardPart>();
        foreach (var approval in bundled)
        {
            if (await requests.FindAsync(approval.RequestId, cancellationToken) is { } request)
                parts.Add(new(request, [approval], await requests.StepsAsync(request.Id, cancellationToken)));
        }

        return parts;
    }

    private async Task<Reply?> OfBundleAsync(string bundle, ConversationId place, CancellationToken cancellationToken)
    {
        var here = (await approvals.ForBundleAsync(bundle, cancellationToken)).Where(a => a.PostedTo.Contains(place)).ToList();
        var parts = await PartsAsync(here, cancellationToken);
        if (parts.Count == 0)
            return null;
        var text = here.Exists(a => a.Status == ApprovalStatus.Pending) ? Words.English.PleaseDecide(parts[0].Request.RequesterName) : "";
        return new(text) { Card = cards.ForApprovers(bundle, parts) };
    }

    private async Task<Reply?> OfGroupAsync(string groupId, CancellationToken cancellationToken)
    {
        var parts = new List<CardPart>();
        foreach (var request in await requests.ForGroupAsync(groupId, cancellationToken))
            parts.Add(new(request, await approvals.ForRequestAsync(request.Id, cancellationToken), await requests.StepsAsync(request.Id, cancellationToken)));
        if (parts.Count == 0)
            return null;
        var card = cards.ForRequester(parts);
        foreach (var part in parts.Where(p => p.Request.Status == RequestStatus.HandedOff))
        {
            if (await handOffs.ForRequestAsync(part.Request.Id, cancellationToken) is { IsOver: false } handOff)
                card = WithHandOff(card, part.Request, handOff);
        }

        return new(parts.Exists(p => p.Request.Status == RequestStatus.AwaitingApproval) ? Words.English.AskedForAll : "") { Card = card };
    }

    /// <summary>Of one among several the state says who has it, in the line that it is.</summary>
    private static Card WithHandOff(Card card, ServiceRequest request, HandOffCase handOff)
    {
        Card Standing(Card c) => c.RequestId == request.Id ? c with { StateText = Words.English.HandOffState(handOff) } : c;
        return card.Parts.Count == 0 ? Standing(card) with { Facts = [.. card.Facts, .. HandOffCards.Standing(handOff)] } : card with { Parts = [.. card.Parts.Select(Standing)] };
    }
}

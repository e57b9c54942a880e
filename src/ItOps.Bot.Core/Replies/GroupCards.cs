using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Replies;

/// <summary>One request with what is known of it.</summary>
public sealed record CardPart(ServiceRequest Request, IReadOnlyList<Approval> Approvals, IReadOnlyList<StepRecord> Steps);

/// <summary>Makes one card of several requests: a part for each, and buttons for all while more than one is open.</summary>
public sealed class GroupCards(RequestCards cards)
{
    private static readonly Words W = Words.English;

    /// <summary>
    /// As those who decide see it. Each part has the one approval that shares the card; with <paramref name="mayDecide"/>, only what the viewer may decide has buttons.
    /// One part alone is a card like any other.
    /// </summary>
    public Card ForApprovers(string bundle, IReadOnlyList<CardPart> parts, Func<Approval, bool>? mayDecide = null)
    {
        var ordered = parts.OrderBy(p => p.Request.Group?.Number).ToList();
        var shown = ordered.Select(p => Part(p.Request, p.Approvals[0], p, mayDecide)).ToList();
        if (shown is [var only])
            return only;
        var request = parts[0].Request;
        var pending = parts.Count(p => p.Approvals[0].Status == ApprovalStatus.Pending);
        var pressable = parts.Select(p => p.Approvals[0]).Where(a => shown.Exists(c => c.ApprovalId == a.Id && c.Buttons.Count > 0)).ToList();
        var shared = Shared(shown);
        return new(W.RequestsOf(request.RequesterName, parts.Count), pending > 0 ? CardState.Waiting : Overall(shown))
        {
            StateText = pending > 0 ? W.OpenOf(pending, parts.Count) : W.InAll([.. shown.Select(c => c.StateText)]),
            ApprovalId = pending > 0 ? ApprovalBundles.PressOf(bundle, pressable) : null,
            Facts = shared,
            Parts = [.. shown.Select((c, i) => c with { Facts = Own(c, shared), Steps = Unseen(ordered[i].Request, c) })],
            Buttons = pressable.Count > 1 ? [new(CardAction.Approve, W.ApproveAll(pressable.Count)), new(CardAction.Deny, W.DenyAll(pressable.Count))] : [],
        };
    }

    /// <summary>As the person who asked sees it: where each stands, without buttons.</summary>
    public Card ForRequester(IReadOnlyList<CardPart> parts)
    {
        var ordered = parts.OrderBy(p => p.Request.Group?.Number).ToList();
        var shown = ordered.Select(p => cards.ForRequester(p.Request, p.Approvals, p.Steps)).ToList();
        if (shown is [var only])
            return only;
        var shared = Shared(shown);
        return new(W.YourRequestsOf(parts.Count), Overall(shown))
        {
            StateText = W.InAll([.. shown.Select(c => c.StateText)]),
            Facts = shared,
            Parts = [.. shown.Select((c, i) => c with { Facts = Own(c, shared), Steps = Unseen(ordered[i].Request, c), Details = [] })],
        };
    }

    /// <summary>Who asks, and how that is known.</summary>
    private static IReadOnlyList<CardFact> Shared(IEnumerable<Card> parts) =>
        [.. parts.Select(c => c.Facts).Aggregate((a, b) => [.. a.Intersect(b)]).Where(f => !RequestCards.IsDecision(f))];

    /// <summary>What the whole card says is not repeated, and which one it is stands before its title.</summary>
    private static IReadOnlyList<CardFact> Own(Card part, IReadOnlyList<CardFact> shared) => [.. part.Facts.Except(shared).Where(f => f.Label != W.PartLabel)];

    /// <summary>The steps say the same as what they change, and there is little room; a step that changes nothing that could be read beforehand would be on no card.</summary>
    private static IReadOnlyList<string> Unseen(ServiceRequest request, Card part) =>
        request.Previews.Count == part.Steps.Count && request.Previews.All(p => p.Changes.Count > 0) ? [] : part.Steps;

    private Card Part(ServiceRequest request, Approval approval, CardPart part, Func<Approval, bool>? mayDecide)
    {
        var card = cards.ForApprover(request, approval, part.Steps);
        return mayDecide is null || mayDecide(approval) ? card : card with { Buttons = [] };
    }

    /// <summary>What still goes on comes before what is over; what went well before what did not.</summary>
    private static CardState Overall(List<Card> parts)
    {
        CardState[] order = [CardState.Waiting, CardState.Running, CardState.Unknown, CardState.HandedOff, CardState.Succeeded];
        foreach (var state in order)
        {
            if (parts.Any(p => p.State == state))
                return state;
        }

        return parts[0].State;
    }
}

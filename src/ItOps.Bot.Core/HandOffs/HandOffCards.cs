using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.HandOffs;

/// <summary>Makes the card of a hand-off: what whoever takes over must know in under twelve lines, the rest folded.</summary>
public sealed class HandOffCards(RequestCards cards)
{
    private const int WordsShown = 200;
    private const int FactsShown = 3;

    private static readonly Words W = Words.English;

    /// <summary>For those who may take it: with buttons until the person said that it is solved.</summary>
    public Card ForGroup(ServiceRequest request, HandOffCase handOff, IReadOnlyList<StepRecord> steps)
    {
        var card = cards.ForRequester(request, [], steps);
        var found = request.Findings.Concat(steps.SelectMany(s => s.Findings)).DistinctBy(f => f.Id).ToList();
        var telling = found.Where(f => f.Level != FindingLevel.Fine).OrderByDescending(f => f.Level).Take(FactsShown).Select(f => f.Text).ToList();
        var known = handOff.Facts.Where(f => f.Value != W.NotKnown).ToList();
        var last = handOff.Messages is [.., var message] ? message : null;
        return card with
        {
            State = handOff.IsOver ? CardState.Succeeded : CardState.HandedOff,
            StateText = W.HandOffState(handOff),
            ApprovalId = handOff.IsOver ? null : handOff.Id,
            Facts =
            [
                .. request.Words.Length > 0 ? [new CardFact(W.TheirWords, Shortened(request.Words))] : Array.Empty<CardFact>(),
                .. card.Facts,
                .. known.Take(FactsShown),
                .. telling.Count == 0 ? [] : new[] { new CardFact(W.FoundLabel, Shortened(string.Join(" ", telling))) },
                .. Standing(handOff),
                .. last is null ? [] : new[] { new CardFact(last.Name, Shortened(last.Text)) { At = last.At } },
            ],
            Steps = [],
            Buttons = Buttons(handOff.Status),
            Details =
            [
                .. card.Details.Where(d => d.Value.Length > 0),
                .. handOff.Facts.Except(known.Take(FactsShown)),
                .. handOff.Tried,
                .. found.Select(f => new CardFact(W.FoundLabel, f.Text)),
                .. card.Steps.Select(s => new CardFact("Step", s)),
                .. handOff.Messages.SkipLast(1).Select(m => new CardFact(m.Name, m.Text) { At = m.At }),
            ],
        };
    }

    /// <summary>Who has it and under which ticket, for a card of the request.</summary>
    public static IEnumerable<CardFact> Standing(HandOffCase handOff)
    {
        if (handOff.Holder is { } holder)
            yield return new(W.HasItLabel, holder.Name) { At = holder.At };
        if (handOff.Ticket is { } ticket)
            yield return new(W.TicketLabel, ticket.Number ?? W.TicketPending);
        if (handOff.End is { } end)
            yield return new("Solved by", end.Note is null ? end.Name : $"{end.Name}: {Shortened(end.Note)}") { At = end.At };
    }

    private static CardButton[] Buttons(HandOffStatus status) => status switch
    {
        HandOffStatus.Open => [new(CardAction.Claim, W.Claim), new(CardAction.Reply, W.ReplyToThem), new(CardAction.Resolve, W.ResolveIt)],
        HandOffStatus.Claimed => [new(CardAction.Reply, W.ReplyToThem), new(CardAction.Resolve, W.ResolveIt), new(CardAction.TakeOver, W.TakeOver)],
        HandOffStatus.Resolved => [new(CardAction.Reply, W.ReplyToThem), new(CardAction.TakeOver, W.TakeOver)],
        _ => [],
    };

    private static string Shortened(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= WordsShown ? line : Turns.MessageText.Cut(line, WordsShown - 1) + "…";
    }
}

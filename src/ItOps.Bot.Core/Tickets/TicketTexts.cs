using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tickets;

/// <summary>What a ticket says: what the card of the hand-off says, and no more.</summary>
public sealed class TicketTexts(HandOffCards cards)
{
    private const int LongestSummary = 200;
    private const int LongestDescription = 16_000;

    internal TicketDraft Draft(ServiceRequest request, HandOffCase handOff, IReadOnlyList<StepRecord> steps)
    {
        var card = cards.ForGroup(request, handOff with { Ticket = null, Messages = [] }, steps);
        var lines = card.Facts.Concat(card.Details).Where(f => f.Value.Length > 0).Distinct().Select(f => $"{f.Label}: {f.Value}");
        return new(
            request.Id,
            request.Number,
            MessageText.Cut($"{request.Number}: {request.Title}".ReplaceLineEndings(" "), LongestSummary),
            MessageText.Cut(string.Join('\n', lines.Append(Words.English.TicketFooter(request.Number))), LongestDescription));
    }

    internal static TicketComment Comment(HandOffCase handOff, HandOffMessage message) => new($"{handOff.Number.Split('-')[^1]}/{message.Ordinal}", message.Name, message.Text);

    internal static string Note(HandOffCase handOff, bool resolved) => resolved
        ? handOff.End is { } end ? Words.English.ResolvedByIt(end.Name, end.Note) : Words.English.ItHelped(handOff.RequesterName, handOff.Number)
        : Words.English.ItDidNotHelp(handOff.RequesterName, handOff.Number);
}

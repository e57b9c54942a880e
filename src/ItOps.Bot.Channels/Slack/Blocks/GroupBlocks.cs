using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>A card of several requests as blocks: some lines and buttons for each that is open, one line for each that is over, and the buttons for all at the end.</summary>
internal static class GroupBlocks
{
    public static IEnumerable<Block> Of(Card card)
    {
        yield return new HeaderBlock(new(SlackText.FitLine(card.Title, SlackLimits.HeaderText)));
        yield return new RichTextBlock([new RichSection([.. CardBlocks.State(card).Elements, .. card.Facts.Take(SlackLimits.FactsOfAll).SelectMany(f => CardBlocks.FactLine(f).Elements)])]);
        var lines = Math.Min(SlackLimits.LinesInCard, SlackLimits.LinesInGroup / Math.Max(card.Parts.Count(IsOpen), 1));
        for (var i = 0; i < card.Parts.Count; i++)
        {
            var part = card.Parts[i];
            yield return new RichTextBlock(IsOpen(part) ? Open(part, i + 1, lines) : [Receipt(part, i + 1)]);
            if (part.Buttons.Count > 0)
                yield return new ActionsBlock(CardBlocks.Buttons(part));
        }

        if (card is { ApprovalId: { } all, Buttons.Count: > 0 })
        {
            yield return new DividerBlock();
            // What decides most at once is not the loudest.
            yield return new ActionsBlock([.. card.Buttons.Select(b => CardBlocks.Press(all, b, typed: false) with { Style = b.Action == CardAction.Deny ? "danger" : null })]);
        }
    }

    /// <summary>What still waits or goes on is shown with its plan, to whoever asked as well; what is over is a line.</summary>
    private static bool IsOpen(Card part) => part.ApprovalId is not null || part.State is CardState.Waiting or CardState.Running;

    private static List<RichElement> Open(Card part, int number, int lines)
    {
        var end = CardBlocks.End(part, receipt: false).ToList();
        var shares = CardBlocks.Shares(lines - end.Count, part.Facts.Count, part.Changes.Count, part.Steps.Count);
        var facts = CardBlocks.Some(part.Facts.Select(CardBlocks.FactLine), part.Facts.Count, shares[0]);
        var elements = new List<RichElement> { new RichSection([.. Head(part, number), new RichRun("\n"), .. facts.SelectMany(f => f.Elements)]) };
        if (part.Changes.Count > 0)
            elements.Add(new RichList("bullet", [.. CardBlocks.Some(part.Changes.Select(CardBlocks.ChangeLine), part.Changes.Count, shares[1])]));
        if (part.Steps.Count > 0)
            elements.Add(new RichList("ordered", [.. CardBlocks.Some(part.Steps.Select(CardBlocks.StepLine), part.Steps.Count, shares[2])]));
        if (end.Count > 0)
            elements.Add(new RichSection([.. end.SelectMany(e => e.Elements)]));
        return elements;
    }

    private static RichSection Receipt(Card part, int number) => new(
    [
        .. Head(part, number),
        .. part.Facts.Where(f => f.Label.EndsWith(" by", StringComparison.Ordinal)).Take(2).Select(f => new RichRun(" · " + SlackText.FitLine($"{f.Label} {f.Value}", SlackLimits.TextInPart))),
    ]);

    private static IEnumerable<RichPiece> Head(Card part, int number)
    {
        yield return RichRun.Bold(SlackText.FitLine($"{number}. {part.Title}", SlackLimits.TextInPart));
        yield return new RichRun($" · {CardBlocks.Symbol(part.State)} {SlackText.FitLine(part.StateText, SlackLimits.LineText / 2)}");
        if (part.RequestNumber is { } of)
            yield return new RichRun(" · " + SlackText.FitLine(of, SlackLimits.LineText / 4));
    }
}

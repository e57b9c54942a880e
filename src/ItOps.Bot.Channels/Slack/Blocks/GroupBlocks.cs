using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>A card of several requests as blocks: some lines and buttons for each that is open, one line for each that is decided, and the buttons for all at the end.</summary>
internal static class GroupBlocks
{
    public static IEnumerable<Block> Of(Card card)
    {
        yield return new HeaderBlock(new(SlackText.FitLine(card.Title, SlackLimits.HeaderText)));
        yield return new RichTextBlock([new RichSection([.. CardBlocks.State(card).Elements, .. card.Facts.Take(SlackLimits.FactsOfAll).SelectMany(f => CardBlocks.FactLine(f).Elements)])]);
        for (var i = 0; i < card.Parts.Count; i++)
        {
            var part = card.Parts[i];
            yield return new RichTextBlock(IsOpen(part) ? Open(part, i + 1) : [Receipt(part, i + 1)]);
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

    /// <summary>For whoever asked, and on what still waits, the plan is shown; what is over is a line.</summary>
    private static bool IsOpen(Card part) => part.ApprovalId is not null;

    private static List<RichElement> Open(Card part, int number)
    {
        var end = part.Risk is { } risk ? 1 : 0;
        end += part.ExpiresAt is null ? 0 : 1;
        var room = SlackLimits.LinesInPart - end;
        var changes = part.Changes.Take(room).ToList();
        var facts = part.Facts.Take(room - changes.Count).ToList();
        var elements = new List<RichElement>
        {
            new RichSection([Title(part, number), new RichRun("\n"), .. facts.SelectMany(f => CardBlocks.FactLine(f).Elements)]),
        };
        if (changes.Count > 0)
            elements.Add(new RichList("bullet", [.. changes.Select(CardBlocks.ChangeLine)]));
        if (end > 0)
            elements.Add(new RichSection([.. CardBlocks.End(part, receipt: false).SelectMany(e => e.Elements)]));
        return elements;
    }

    private static RichSection Receipt(Card part, int number)
    {
        var line = new List<RichPiece>
        {
            Title(part, number),
            new RichRun($" · {CardBlocks.Symbol(part.State)} {SlackText.FitLine(part.StateText, SlackLimits.LineText / 2)}"),
        };
        if (part.RequestNumber is { } of)
            line.Add(new RichRun(" · " + SlackText.FitLine(of, SlackLimits.LineText / 4)));
        foreach (var fact in part.Facts.Where(f => f.Label.EndsWith(" by", StringComparison.Ordinal)).Take(2))
            line.Add(new RichRun(" · " + SlackText.FitLine($"{fact.Label} {fact.Value}", SlackLimits.LineText)));
        return new RichSection(line);
    }

    private static RichRun Title(Card part, int number) => RichRun.Bold(SlackText.FitLine($"{number}. {part.Title}", SlackLimits.LineText));
}

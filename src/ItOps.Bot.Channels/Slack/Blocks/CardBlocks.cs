using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>A card as blocks: under twelve lines, with a button to what does not fit.</summary>
internal static class CardBlocks
{
    private static readonly Words W = Words.English;

    public static IEnumerable<Block> Of(Card card) => card.Parts.Count > 0 ? GroupBlocks.Of(card) : OfOne(card);

    private static IEnumerable<Block> OfOne(Card card)
    {
        yield return new HeaderBlock(new(SlackText.FitLine(card.Title, SlackLimits.HeaderText)));
        yield return new RichTextBlock(Lines(card));
        if (Buttons(card) is { Count: > 0 } buttons)
            yield return new ActionsBlock(buttons);
    }

    /// <summary>Symbol and word; the word alone would do, the symbol alone would not.</summary>
    public static string Symbol(CardState state) => state switch
    {
        CardState.Waiting => "⏳",
        CardState.Running => "▶",
        CardState.Succeeded => "✅",
        CardState.Failed => "❌",
        CardState.Denied => "⛔",
        CardState.Expired => "⌛",
        CardState.Cancelled => "✖",
        CardState.Unknown => "❓",
        CardState.HandedOff => "👤",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static bool IsReceipt(Card card) => card.State is not (CardState.Waiting or CardState.Running) && card.Buttons.Count == 0;

    private static List<RichElement> Lines(Card card)
    {
        var receipt = IsReceipt(card);
        var changes = card.Changes.Where(c => !receipt || (card.State == CardState.Succeeded && c.Before != c.After)).ToList();
        var steps = receipt ? [] : card.Steps;
        var end = End(card, receipt).ToList();
        var shares = Shares(SlackLimits.LinesInCard - 1 - end.Count, card.Facts.Count, changes.Count, steps.Count);

        var elements = new List<RichElement> { State(card) };
        elements.AddRange(Some(card.Facts.Select(FactLine), card.Facts.Count, shares[0]));
        if (shares[1] > 0 && changes.Count > 0)
            elements.Add(new RichList("bullet", [.. Some(changes.Select(ChangeLine), changes.Count, shares[1])]));
        if (shares[2] > 0 && steps.Count > 0)
            elements.Add(new RichList("ordered", [.. Some(steps.Select(StepLine), steps.Count, shares[2])]));
        elements.AddRange(end);
        return Joined(elements);
    }

    /// <summary>Lines that follow each other are one paragraph: Slack puts no break of its own between sections.</summary>
    private static List<RichElement> Joined(List<RichElement> elements)
    {
        var joined = new List<RichElement>();
        foreach (var element in elements)
        {
            if (element is RichSection line && joined is [.., RichSection before])
                joined[^1] = new RichSection([.. before.Elements, .. line.Elements]);
            else
                joined.Add(element);
        }

        return joined;
    }

    public static RichSection State(Card card)
    {
        var line = new List<RichPiece> { RichRun.Bold($"{Symbol(card.State)} {SlackText.FitLine(card.StateText, SlackLimits.LineText)}") };
        if (card.RequestNumber is { } number)
            line.Add(new RichRun(" · " + SlackText.FitLine(number, SlackLimits.LineText)));
        line.Add(new RichRun("\n"));
        return new(line);
    }

    public static IEnumerable<RichSection> End(Card card, bool receipt)
    {
        if (receipt)
        {
            if (card.State is CardState.Denied or CardState.Expired or CardState.Cancelled)
                yield return new([new RichRun(W.NothingWasChanged + "\n")]);
            yield break;
        }

        if (card.Risk is { } risk)
            yield return new([RichRun.Bold(W.Risk + ": "), new RichRun($"{W.RiskOf(risk.Level)}, {SlackText.FitLine(risk.Reason, SlackLimits.LineText)}\n")]);
        if (card.TypeToConfirm is { } name)
            yield return new([new RichRun(SlackText.FitLine(W.TypeToApprove(name), SlackLimits.LineText) + "\n")]);
        if (card.ExpiresAt is { } expires)
            yield return new([RichRun.Bold(W.Until + ": "), RichDate.Of(expires)]);
    }

    public static RichSection FactLine(CardFact fact)
    {
        var line = new List<RichPiece>
        {
            RichRun.Bold(SlackText.FitLine(fact.Label, SlackLimits.LineText / 4) + (fact.Label.EndsWith(" by", StringComparison.Ordinal) ? " " : ": ")),
            new RichRun(SlackText.FitLine(fact.Value, SlackLimits.LineText)),
        };
        if (fact.At is { } at)
            line.AddRange([new RichRun(", "), RichDate.Of(at)]);
        line.Add(new RichRun("\n"));
        return new(line);
    }

    public static RichSection ChangeLine(CardChange change)
    {
        var line = new List<RichPiece>();
        if (change.Label.Length > 0)
            line.Add(new RichRun(SlackText.FitLine(change.Label, SlackLimits.LineText / 4) + ": "));
        var before = SlackText.FitLine(change.Before, SlackLimits.LineText / 2);
        var after = SlackText.FitLine(change.After, SlackLimits.LineText / 2);
        if (change.Before == change.After)
            line.Add(new RichRun(after));
        else
            line.AddRange([RichRun.Struck(before), new RichRun(" → "), RichRun.Bold(after)]);
        return new(line);
    }

    public static RichSection StepLine(string step) => new([new RichRun(SlackText.FitLine(step, SlackLimits.LineText))]);

    /// <summary>As many as there is room for; the last of them says how many more there are.</summary>
    public static IEnumerable<RichSection> Some(IEnumerable<RichSection> lines, int count, int room) => count <= room
        ? lines
        : [.. lines.Take(Math.Max(room - 1, 0)), new([new RichRun(W.AndMore(count - Math.Max(room - 1, 0)) + "\n")])];

    /// <summary>Room for each group; where there is too little of it, the largest group gives way first.</summary>
    public static int[] Shares(int room, params int[] wanted)
    {
        var shares = wanted.ToArray();
        while (shares.Sum() > room)
            shares[Array.IndexOf(shares, shares.Max())]--;
        return shares;
    }

    public static Button Press(string id, CardButton button, bool typed) =>
        new(button.Action == CardAction.Approve && typed ? SlackActions.ApproveTyped : SlackActions.Of(button.Action), new(SlackText.FitLine(button.Label, SlackLimits.ButtonText)))
        {
            Value = id,
            Style = button.Action switch { CardAction.Approve or CardAction.ShowIt or CardAction.Claim => "primary", CardAction.Deny or CardAction.NotMe => "danger", _ => null },
        };

    public static List<Element> Buttons(Card card)
    {
        var buttons = new List<Element>();
        if (card.ApprovalId is { } approval)
            buttons.AddRange(card.Buttons.Take(SlackLimits.ElementsInActions - 1).Select(button => Press(approval, button, card.TypeToConfirm is not null)));

        if (card.ApprovalId is not null && card.Buttons.Count > 0)
            buttons.Add(new Button(SlackActions.Details, new(W.ShowDetails)) { Value = card.ApprovalId });
        else if (card.RequestId is { } request)
            buttons.Add(new Button(SlackActions.Request, new(W.ShowDetails)) { Value = request });
        return buttons;
    }
}

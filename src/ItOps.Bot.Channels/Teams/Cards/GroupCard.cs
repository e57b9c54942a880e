using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>The body of a card of several requests: a part with its own buttons for each that is open, one line for each that is over.</summary>
internal sealed class GroupCard(Card card, CardText text, Uri publicUrl, CardAudience audience)
{
    private static readonly Words W = Words.English;

    public List<CardElement> Body()
    {
        var body = Whole(card).Heading();
        body.AddRange(text.Some(card.Facts).Select(Whole(card).Fact));
        for (var i = 0; i < card.Parts.Count; i++)
            body.Add(new CardContainer([.. IsOpen(card.Parts[i]) ? Open(card.Parts[i], i + 1) : Receipt(card.Parts[i], i + 1)]) { Separator = true, Spacing = "Medium" });
        return body;
    }

    private RequestCard Whole(Card of) => new(of, text, publicUrl, withDetails: false);

    /// <summary>What still waits or goes on is shown with its plan, to whoever asked as well; what is over is a line.</summary>
    private static bool IsOpen(Card part) => part.ApprovalId is not null || part.State is CardState.Waiting or CardState.Running;

    private IEnumerable<CardElement> Open(Card part, int number)
    {
        var own = text.OfPart();
        var one = new RequestCard(part, own, publicUrl, withDetails: false);
        yield return Title(part, number, own);
        yield return State(part, own);
        foreach (var fact in own.Some(part.Facts))
            yield return one.Fact(fact);
        foreach (var change in one.Changes(part.Changes))
            yield return change;
        foreach (var step in one.Steps())
            yield return step;
        if (part.Risk is { } risk)
            yield return one.Risk(risk);
        if (part.ExpiresAt is { } expires)
            yield return CardText.Moment(W.Until + " ", expires);
        if (Actions(part, own.WasCut) is { Count: > 0 } actions)
            yield return new ActionSet(actions);
        if (audience.Pressed is { } pressed && part.ApprovalId == pressed && audience.InsteadOfButtons is { } instead)
            yield return new TextBlock(instead) { IsSubtle = true };
    }

    private List<CardPress> Actions(Card part, bool isCut)
    {
        var actions = new List<CardPress>();
        var hidden = (audience.InsteadOfButtons is not null && (audience.Pressed is null || audience.Pressed == part.ApprovalId)) || audience is { IsShared: true, IsOwn: false };
        if (!hidden)
            actions.AddRange(part.Buttons.Select(b => CardPresses.Decision(part.ApprovalId!, b, typeToConfirm: null)));
        if (part.RequestId is { } id)
            actions.Add(new OpenUrlPress(RequestCard.PageOf(publicUrl, id)) { Title = isCut ? W.SeeAllOfIt : W.SeeTheRequest });
        return actions;
    }

    private IEnumerable<CardElement> Receipt(Card part, int number)
    {
        yield return Title(part, number, text);
        var by = string.Join(", ", part.Facts.Where(f => f.Label.EndsWith(" by", StringComparison.Ordinal)).Take(2).Select(f => $"{f.Label} {f.Value}"));
        yield return State(part, text, by);
    }

    private static RichTextBlock State(Card part, CardText text, string by = "")
    {
        var (sign, color) = StateSign.Of(part.State);
        return CardText.Line(
            new TextRun($"{sign} {text.Plain(part.StateText, 80)}") { Color = color },
            new TextRun(part.RequestNumber is { } of ? "   " + text.Plain(of, 40) : "") { IsSubtle = true },
            new TextRun(by.Length == 0 ? "" : "   " + text.Plain(by, 200)) { IsSubtle = true }) with
        { Spacing = "None" };
    }

    private static RichTextBlock Title(Card part, int number, CardText text) => CardText.Line(new TextRun($"{number}. {text.Plain(part.Title, 200)}") { Weight = "Bolder" });
}

using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>The body of a plan, an approval or a receipt. Untrusted words are text runs, ours may be text blocks.</summary>
internal sealed class RequestCard(Card card, CardText text, Uri publicUrl, bool withDetails)
{
    private const string DetailsId = "details";

    private static readonly Words W = Words.English;

    /// <summary>It is over, and nothing on it can be pressed.</summary>
    public static bool IsReceipt(Card card) => card.State is not (CardState.Waiting or CardState.Running) && card.Buttons.Count == 0;

    public static Uri PageOf(Uri publicUrl, string requestId) => new(publicUrl, $"requests/{Uri.EscapeDataString(requestId)}");

    public List<CardElement> Body()
    {
        var body = Heading();
        foreach (var fact in text.Some(card.Facts))
            body.Add(Fact(fact));
        if (IsReceipt(card))
        {
            if (card.State == CardState.Succeeded)
                body.AddRange(Changes([.. card.Changes.Where(c => c.Before != c.After)]));
            else if (card.State is CardState.Denied or CardState.Expired or CardState.Cancelled)
                body.Add(new TextBlock(W.NothingWasChanged) { Spacing = "Small" });
        }
        else
        {
            body.AddRange(Changes(card.Changes));
            body.AddRange(Steps());
            if (card.Risk is { } risk)
                body.Add(Risk(risk));
            if (card.ExpiresAt is { } expires)
                body.Add(CardText.Moment(W.Until + " ", expires));
        }

        body.AddRange(Fold());
        return body;
    }

    public List<CardElement> Heading()
    {
        var (sign, color) = StateSign.Of(card.State);
        return
        [
            CardText.Line(new TextRun(text.Plain(card.Title, 200)) { Weight = "Bolder", Size = "Medium" }),
            CardText.Line(
                new TextRun($"{sign} {text.Plain(card.StateText, 80)}") { Color = color, Weight = "Bolder" },
                new TextRun(card.RequestNumber is { } number ? "   " + text.Plain(number, 40) : "") { IsSubtle = true }) with { Spacing = "Small" },
        ];
    }

    public CardElement Fact(CardFact fact)
    {
        var line = text.Labelled(fact.Label, fact.Value) with { Spacing = "Small" };
        if (fact.At is not { } at)
            return line;
        return new ColumnSet([new("stretch", [line]), new("auto", [CardText.Moment("", at)])]) { Spacing = "Small" };
    }

    public IEnumerable<CardElement> Changes(IReadOnlyList<CardChange> changes)
    {
        var items = new List<CardElement>();
        foreach (var change in text.Some(changes))
        {
            var label = new TextRun(change.Label.Length == 0 ? "" : text.Plain(change.Label) + "  ") { IsSubtle = true };
            if (change.Before == change.After)
            {
                items.Add(CardText.Line(label, new TextRun(text.Plain(change.After))));
                continue;
            }

            var (before, after) = (change.Before.Length == 0 ? "–" : text.Plain(change.Before), change.After.Length == 0 ? "–" : text.Plain(change.After));
            items.Add(IsReceipt(card)
                ? CardText.Line(label, new TextRun(before), new TextRun("  →  "), new TextRun(after) { Color = "Good" })
                : CardText.Line(label, new TextRun($"{W.CardNow}: {before}") { Color = "Attention" }, new TextRun("  →  "), new TextRun($"{W.CardAfter}: {after}") { Color = "Good" }));
        }

        return items.Count == 0 ? [] : [new CardContainer(items) { Style = "emphasis" }];
    }

    public IEnumerable<CardElement> Steps()
    {
        var steps = text.Some(card.Steps).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            var line = CardText.Line(new TextRun(i == 0 ? W.Steps + "  " : "") { IsSubtle = true }, new TextRun($"{i + 1}. {text.Plain(steps[i])}"));
            yield return line with { Spacing = i == 0 ? "Default" : "None" };
        }
    }

    public RichTextBlock Risk(CardRisk risk)
    {
        var (sign, color) = StateSign.Of(risk.Level);
        var line = CardText.Line(
            new TextRun(W.Risk + "  ") { IsSubtle = true },
            new TextRun($"{sign} {W.RiskOf(risk.Level)}") { Color = color, Weight = "Bolder" },
            new TextRun("  " + text.Plain(risk.Reason)));
        return line with { Spacing = "Small" };
    }

    private IEnumerable<CardElement> Fold()
    {
        var actions = new List<CardPress>();
        if (withDetails && card.Details.Count > 0)
        {
            yield return new CardContainer([.. text.Some(card.Details).Select(d => text.Labelled(d.Label, d.Value))]) { Id = DetailsId, IsVisible = false, Separator = true };
            actions.Add(new ToggleVisibilityPress([DetailsId]) { Title = W.Details });
        }

        if (card.RequestId is { } id)
            actions.Add(new OpenUrlPress(PageOf(publicUrl, id)) { Title = text.WasCut || !withDetails ? W.SeeAllOfIt : W.SeeTheRequest });
        if (actions.Count > 0)
            yield return new ActionSet(actions);
    }
}

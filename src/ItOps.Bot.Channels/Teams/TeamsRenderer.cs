using ItOps.Bot.Channels.Teams.Cards;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams;

/// <summary>Who looks at a card, and how.</summary>
/// <param name="IsShared">Others see it as well: the card itself has no buttons, and each viewer's own version, by refresh, has theirs.</param>
/// <param name="IsOwn">It is one viewer's own version of a card.</param>
internal sealed record CardAudience(bool IsShared, bool IsOwn = false)
{
    /// <summary>In a shared place, for whom Teams asks for an own version without being told to.</summary>
    public IReadOnlyList<string> RefreshFor { get; init; } = [];

    /// <summary>Stands where the buttons were; words of ours.</summary>
    public string? InsteadOfButtons { get; init; }

    /// <summary>Where one of several was pressed: its id. The buttons of the others stay.</summary>
    public string? Pressed { get; init; }

    /// <summary>The answer that was tapped, where the choices were.</summary>
    public string? Chosen { get; init; }
}

/// <summary>Makes messages and cards as small as Teams takes them. Nothing in them but our own words is ever read as Markdown.</summary>
internal sealed class TeamsRenderer(TeamsOptions options)
{
    public OutgoingActivity Render(Reply reply, CardAudience audience)
    {
        OutgoingActivity? rendered = null;
        foreach (var extent in CardExtent.All)
        {
            rendered = Render(reply, audience, extent);
            if (TeamsPayloads.Bytes(rendered).Length <= TeamsLimits.MessageBytes)
                break;
        }

        return rendered!;
    }

    /// <summary>The card alone, as the answer to an invoke.</summary>
    public AdaptiveCard RenderCard(Reply reply, CardAudience audience) =>
        Render(reply, audience).Attachments is [var attachment, ..] ? attachment.Content : Saying(audience.InsteadOfButtons ?? Words.English.GotIt);

    /// <summary>A card that says one thing; a card may only ever be replaced by a card.</summary>
    public static AdaptiveCard Saying(string ours) => new() { Body = [new TextBlock(ours)] };

    private OutgoingActivity Render(Reply reply, CardAudience audience, CardExtent extent)
    {
        var said = new CardText(extent with { Text = extent.Message }).Plain(reply.Shown);
        if (CardOf(reply, said, audience, extent) is not { } card)
            return new() { Text = said };
        // Text beside a card becomes a message of its own, and then neither has an id by which it could be updated.
        return new() { Summary = new CardText(extent).Plain(said.Length > 0 ? said : reply.Card?.Title ?? "", 200), Attachments = [new(card)] };
    }

    private AdaptiveCard? CardOf(Reply reply, string said, CardAudience audience, CardExtent extent)
    {
        var text = new CardText(extent);
        var body = new List<CardElement>();
        var actions = new List<CardPress>();
        if (reply.Card is { Parts.Count: > 0 } several)
        {
            body.AddRange(new GroupCard(several, text, options.PublicUrl, audience).Body());
            if (audience.InsteadOfButtons is null)
                actions.AddRange(Decisions(several, text, audience));
        }
        else if (reply.Card is { } card)
        {
            body.AddRange(new RequestCard(card, text, options.PublicUrl, extent.Details).Body());
            if (audience.InsteadOfButtons is null)
                actions.AddRange(Decisions(card, text, audience));
        }

        if (audience is { InsteadOfButtons: { } instead, Pressed: null })
            body.Add(new TextBlock(instead) { IsSubtle = true });
        else if (reply.Choices.Count > 0)
        {
            body.AddRange(CardPresses.ChoiceBody(reply.Choices, text));
            actions.AddRange(CardPresses.Choices(reply.Choices));
        }

        if (audience.Chosen is { } chosen)
            body.Add(CardText.Line(new TextRun("✓ " + text.Plain(chosen, TeamsLimits.ButtonTitle)) { Color = "Good" }));
        // Single-use and for one pair of eyes (I6).
        if (reply.Link is { } link && !audience.IsShared)
        {
            body.Add(CardText.Moment(Words.English.Until + " ", link.ExpiresAt));
            body.Add(new ActionSet([new OpenUrlPress(new(options.PublicUrl, link.Url.Reveal().TrimStart('/'))) { Title = link.Label }]));
        }

        if (body.Count == 0 && actions.Count == 0)
            return null;
        body.InsertRange(0, said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => CardText.Line(new TextRun(line)) with { Spacing = "Small" }));
        return new()
        {
            Refresh = reply.Card is { } shown ? RefreshOf(shown, audience) : null,
            Body = body,
            Actions = actions.Count == 0 ? null : actions,
            Teams = reply.Card is null ? null : new("Full"),
        };
    }

    private static IEnumerable<CardPress> Decisions(Card card, CardText text, CardAudience audience)
    {
        if (card is not { ApprovalId: { } approval } || (card.Buttons.Count == 0 && !card.Parts.Any(p => p.Buttons.Count > 0)))
            return [];
        return audience is { IsShared: true, IsOwn: false }
            ? [CardPresses.Refresh(approval, Words.English.Decide)]
            : card.Buttons.Select(b => Quiet(CardPresses.Decision(approval, b, card.TypeToConfirm is { } name ? text.Plain(name, TeamsLimits.NameToType) : null), card.Parts.Count > 0 && b.Action == CardAction.Approve));
    }

    /// <summary>What decides most at once is not the loudest.</summary>
    private static CardPress Quiet(CardPress press, bool quiet) => quiet ? press with { Style = null } : press;

    /// <summary>Only while there is something to decide; a receipt is the same for everybody.</summary>
    private static CardRefresh? RefreshOf(Card card, CardAudience audience) => card.ApprovalId is { } approval
        ? new(CardPresses.Refresh(approval), audience is { IsShared: true, RefreshFor.Count: > 0 } ? [.. audience.RefreshFor.Take(TeamsLimits.RefreshUsers)] : null)
        : null;
}

using ItOps.Bot.Approvals;
using ItOps.Bot.Channels.Teams.Cards;
using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams.Invokes;

/// <summary>Cards as one viewer may see them now.</summary>
internal sealed class ViewerCards(ApprovalQueue approvals, IIdentityResolver identities, TeamsRenderer renderer, TeamsRoutes routes, OpenQuestions questions)
{
    /// <summary>With buttons for who may decide. None when there is no such approval.</summary>
    public async Task<AdaptiveCard?> OfApprovalAsync(TeamsEnvelope envelope, ChannelIdentity person, string approvalId, CancellationToken cancellationToken) =>
        await CardAsync(person, approvalId, cancellationToken) is { } card
            ? renderer.RenderCard(new("") { Card = card }, await AudienceAsync(envelope, cancellationToken))
            : null;

    /// <summary>After a press: the same card, without the buttons while it is being worked on; with them when the name was not typed that it asks for.</summary>
    public async Task<AdaptiveCard> AfterDecisionAsync(TeamsEnvelope envelope, DecisionTurn press, CancellationToken cancellationToken)
    {
        if (await CardAsync(press.From, press.ApprovalId, cancellationToken) is not { } card)
            return TeamsRenderer.Saying(Words.English.WorkingOnIt);
        var audience = await AudienceAsync(envelope, cancellationToken);
        if (press.Verdict == Verdict.Approve && card is { TypeToConfirm: { } name, Buttons.Count: > 0 } && !TypedConfirmation.Matches(press.Typed, name))
            return renderer.RenderCard(new(Words.English.NotTyped(name)) { Card = card }, audience);
        if (card.Parts.Any(p => p.ApprovalId == press.ApprovalId))
            audience = audience with { Pressed = press.ApprovalId };
        return renderer.RenderCard(new("") { Card = card }, card.Buttons.Count == 0 && audience.Pressed is null ? audience : audience with { InsteadOfButtons = Words.English.WorkingOnIt });
    }

    /// <summary>After a tap: the question as it was, and the answer.</summary>
    public AdaptiveCard AfterChoice(string choiceId) => questions.Answer(choiceId) is { } answered
        ? renderer.RenderCard(answered.Question, new(IsShared: false) { Chosen = answered.Chosen.Label })
        : TeamsRenderer.Saying(Words.English.GotIt);

    private async Task<Card?> CardAsync(ChannelIdentity person, string approvalId, CancellationToken cancellationToken)
    {
        var principal = await identities.ResolveAsync(person, cancellationToken);
        return principal.Failed
            ? await approvals.MessageCardForAsync(Stranger(person), approvalId, cancellationToken) is { } card ? card with { Buttons = [] } : null
            : await approvals.MessageCardForAsync(principal.Value, approvalId, cancellationToken);
    }

    private async Task<CardAudience> AudienceAsync(TeamsEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.Activity.Conversation is not { Id: { } id, ConversationType: not "personal" })
            return new(IsShared: false, IsOwn: true);
        var route = await routes.FindAsync(TeamsPlace.Shared(envelope.Tenant, id).RouteId, cancellationToken);
        return new(IsShared: true, IsOwn: true) { RefreshFor = route?.People ?? [] };
    }

    /// <summary>Whoever is in no directory belongs to no group, so may decide nothing.</summary>
    private static Principal Stranger(ChannelIdentity person) =>
        new(new(new($"nobody:{person}"), "", "", "", null, null, []), person, new(Assurance.AssuranceMethod.ChatPlatform, default));
}

using ItOps.Bot.Channels.Teams.Cards;
using ItOps.Bot.Channels.Teams.Connector;
using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams;

/// <summary>Writes to people in their own chats with the bot, and to the place where those who decide look together.</summary>
internal sealed class TeamsChannel(
    TeamsOptions options, TeamsClient client, TeamsRenderer renderer, TeamsRoutes routes, OpenQuestions questions, IPersonDirectory people) : IChannel
{
    public const string ChannelName = "teams";

    public string Name => ChannelName;

    public ConversationId? ApproversPlace => options.ApproversPlace;

    public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var place = PlaceOf(delivery.To);
        var route = await RouteAsync(place, cancellationToken);
        var id = await UnlessBlockedAsync(place, async () =>
        {
            var conversation = ThreadOf(place, route) ?? await OpenAsync(place, route, cancellationToken);
            return await client.PostAsync(new(route.ServiceUrl), conversation, renderer.Render(delivery.Reply, AudienceOf(place, route)), cancellationToken);
        });
        questions.Asked(delivery.Reply);
        return new(delivery.To, id);
    }

    public async Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken)
    {
        var place = PlaceOf(message.Conversation);
        var route = await RouteAsync(place, cancellationToken);
        if (ThreadOf(place, route) is not { } conversation)
            throw new DeliveryException(DeliveryFailure.Refused, $"{place.Id} has no conversation in which something could be updated.");
        await UnlessBlockedAsync(place, async () =>
        {
            await client.UpdateAsync(new(route.ServiceUrl), conversation, message.MessageId, renderer.Render(reply, AudienceOf(place, route)), cancellationToken);
            return "";
        });
    }

    /// <summary>Somebody with exactly one identity in a tenant that is served, who wrote to the bot or was met in a place that it is in.</summary>
    public async Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken)
    {
        var identities = (await people.IdentitiesOfAsync(person, cancellationToken)).Where(i => i.Channel == ChannelName && options.Tenants.Contains(i.Tenant, StringComparer.Ordinal)).ToList();
        if (identities is not [var identity])
            return null;
        var id = TeamsPlace.Of(identity).Id;
        return await routes.FindAsync(id, cancellationToken) is null ? null : id;
    }

    private TeamsPlace PlaceOf(ConversationId id) => TeamsPlace.Of(id) is { } place && options.Tenants.Contains(place.Tenant, StringComparer.Ordinal)
        ? place
        : throw new DeliveryException(DeliveryFailure.Refused, $"{id} is in no tenant of Channels:Teams:TenantId.");

    /// <summary>The approvers' place may be written to before it was heard from: the bot and the tenant's service URL are known from anybody of the tenant.</summary>
    private async Task<TeamsRoute> RouteAsync(TeamsPlace place, CancellationToken cancellationToken)
    {
        if (await routes.FindAsync(place.RouteId, cancellationToken) is { } route)
            return route;
        if (place.Id == options.ApproversPlace && await routes.FindAsync(TeamsPlace.TenantRouteId(place.Tenant), cancellationToken) is { } tenant)
            return tenant with { Conversation = place.Rest };
        throw new DeliveryException(DeliveryFailure.Refused, $"No way to {place.Id} is known; nobody has written from there since the bot was added.");
    }

    /// <summary>The conversation to write into, or its thread; none for a person with whom there is no chat yet.</summary>
    private static string? ThreadOf(TeamsPlace place, TeamsRoute route) =>
        !place.IsPersonal && route.Conversation is { } shared && place.Rest.StartsWith(shared + ";", StringComparison.Ordinal) ? place.Rest : route.Conversation;

    private async Task<string> OpenAsync(TeamsPlace place, TeamsRoute route, CancellationToken cancellationToken)
    {
        if (route.User is not { } user)
            throw new DeliveryException(DeliveryFailure.Refused, $"Nobody is known to open a chat with as {place.Id}.");
        var opened = await client.OpenAsync(route, user, cancellationToken);
        await routes.SaveAsync(place.RouteId, route with { Conversation = opened }, cancellationToken);
        return opened;
    }

    private async Task<string> UnlessBlockedAsync(TeamsPlace place, Func<Task<string>> send)
    {
        try
        {
            return await send();
        }
        catch (BotBlockedException e)
        {
            await routes.SaveAsync(place.RouteId, null, CancellationToken.None);
            throw new DeliveryException(DeliveryFailure.Refused, e.Message, inner: e);
        }
    }

    private static CardAudience AudienceOf(TeamsPlace place, TeamsRoute route) => new(IsShared: !place.IsPersonal) { RefreshFor = route.People };
}

using ItOps.Bot.Conversations;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams.Routes;

/// <summary>
/// A place in Teams as a <see cref="ConversationId"/>: "tenant/object id" is a person's own chat, "tenant/19:…" a group chat or a channel.
/// </summary>
internal sealed record TeamsPlace(string Tenant, string Rest)
{
    /// <summary>The person's own chat, where nobody else reads.</summary>
    public bool IsPersonal => Guid.TryParseExact(Rest, "D", out _);

    public ConversationId Id => new(TeamsChannel.ChannelName, $"{Tenant}/{Rest}");

    /// <summary>A thread of a channel is reached like the channel: one route for both.</summary>
    public ConversationId RouteId => new(TeamsChannel.ChannelName, $"{Tenant}/{Rest.Split(';', 2)[0]}");

    /// <summary>The platform's conversation ids are no GUIDs; one that is must not be taken for a person.</summary>
    public static TeamsPlace Shared(string tenant, string conversation) => new(tenant, Guid.TryParse(conversation, out _) ? "shared:" + conversation : conversation);

    public static ConversationId TenantRouteId(string tenant) => new(TeamsChannel.ChannelName, tenant);

    public static TeamsPlace Of(ChannelIdentity person) => new(person.Tenant, person.User);

    /// <summary>None when it is no place of Teams.</summary>
    public static TeamsPlace? Of(ConversationId id) =>
        id.Channel == TeamsChannel.ChannelName && id.Value.Split('/', 2) is [{ Length: > 0 } tenant, { Length: > 0 } rest] ? new(tenant, rest) : null;
}

/// <summary>
/// What is needed to write somewhere without having been written to. <paramref name="Conversation"/> is none for a person who was only met among others; their chat can
/// be opened with <paramref name="User"/>.
/// </summary>
internal sealed record TeamsRoute(string ServiceUrl, string? Conversation, string BotId, string? User, string Tenant)
{
    /// <summary>In a shared place, those who were met there, for whom a card may refresh itself; newest last.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    public bool Equals(TeamsRoute? other) => other is not null
        && (ServiceUrl, Conversation, BotId, User, Tenant) == (other.ServiceUrl, other.Conversation, other.BotId, other.User, other.Tenant)
        && People.SequenceEqual(other.People, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(ServiceUrl, Conversation, BotId, User, Tenant, People.Count);
}

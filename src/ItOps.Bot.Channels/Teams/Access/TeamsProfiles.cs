using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams.Access;

/// <summary>
/// What Teams says about somebody whom nobody bound; asked only where people may be matched by their e-mail address. The address is the user principal name: it is what
/// they sign in with, and only the organisation's own directory sets it. The mail attribute may be changed by others.
/// </summary>
internal sealed class TeamsProfiles(TeamsClient client, TeamsRoutes routes) : IChannelProfiles
{
    /// <summary>In the user principal name of whoever the tenant only invited.</summary>
    private const string Invited = "#EXT#";

    public string Channel => TeamsChannel.ChannelName;

    public async Task<ChannelProfile?> FindAsync(ChannelIdentity identity, CancellationToken cancellationToken)
    {
        if (await routes.FindAsync(TeamsPlace.Of(identity).Id, cancellationToken) is not { User: { } user } route)
            return null;
        var conversation = route.Conversation ?? await client.OpenAsync(route, user, cancellationToken);
        return await client.FindMemberAsync(new(route.ServiceUrl), conversation, user, cancellationToken) is { } member
            ? new(member.TenantId ?? "", member.UserPrincipalName)
            {
                IsEmailConfirmed = Guid.TryParse(member.AadObjectId ?? member.ObjectId, out var id) && id.ToString("D") == identity.User,
                IsGuest = member.UserRole is not ("user" or "owner") || member.UserPrincipalName?.Contains(Invited, StringComparison.OrdinalIgnoreCase) == true,
                IsBot = member.Id?.StartsWith("28:", StringComparison.Ordinal) == true,
                // The connector does not tell. Whoever is deactivated cannot sign in to write, and nobody is looked up who did not write just now.
                IsActive = true,
            }
            : null;
    }
}

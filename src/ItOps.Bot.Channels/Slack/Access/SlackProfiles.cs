using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Access;

/// <summary>What Slack says about somebody whom nobody bound; asked only where people may be matched by their e-mail address.</summary>
internal sealed class SlackProfiles(SlackClient client) : IChannelProfiles
{
    public string Channel => SlackTurnTranslator.Channel;

    public async Task<ChannelProfile?> FindAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        await client.FindUserAsync(identity.User, cancellationToken) is { } found
            ? new(found.TeamId ?? "", found.Email)
            {
                IsEmailConfirmed = found.IsEmailConfirmed,
                IsGuest = found.IsRestricted || found.IsUltraRestricted || found.IsStranger,
                IsBot = found.IsBot,
                IsActive = !found.Deleted,
            }
            : null;
}

using System.Net.Http.Headers;
using ItOps.Bot.Channels.Slack.Blocks;

namespace ItOps.Bot.Channels.Slack.Calls;

/// <summary>What auth.test says about the bot.</summary>
/// <param name="TeamId">The workspace that the token belongs to.</param>
/// <param name="Team">Its name.</param>
/// <param name="UserId">The bot's own user.</param>
/// <param name="Scopes">What the token may do; none when Slack did not say.</param>
/// <param name="At">Slack's clock.</param>
internal sealed record SlackSelf(string? TeamId, string? Team, string? UserId, IReadOnlyList<string>? Scopes, DateTimeOffset? At)
{
    public static SlackSelf From(SlackApiAnswer answer, HttpResponseHeaders headers) => new(
        answer.TeamId,
        answer.Team,
        answer.UserId,
        headers.TryGetValues("x-oauth-scopes", out var scopes)
            ? [.. scopes.SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
            : null,
        headers.Date);
}

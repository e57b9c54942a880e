using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Inbound;

/// <summary>Who may come in: people of our own workspaces. Team and user are those of the proven payload, and of nothing else in it.</summary>
internal sealed class SlackGate(SlackOptions options, Refusals refusals)
{
    /// <summary>The person; none, with the refusal noted, when any workspace that has to do with them is not ours.</summary>
    public async Task<ChannelIdentity?> AdmitAsync(string? user, string? userTeam, string? team, CancellationToken cancellationToken)
    {
        if (team is not null && !options.Serves(team))
        {
            await refusals.NoteAsync(SlackTurnTranslator.Channel, "wrong team", $"workspace {Shown(team)} is not in Channels:Slack:TeamId", cancellationToken);
            return null;
        }

        if (!options.Serves(userTeam ?? team))
        {
            await refusals.NoteAsync(SlackTurnTranslator.Channel, "stranger", $"a person of workspace {Shown(userTeam)}, met in a shared channel", cancellationToken);
            return null;
        }

        if (IsId(user))
            return new(SlackTurnTranslator.Channel, (userTeam ?? team)!, user!);
        await refusals.NoteAsync(SlackTurnTranslator.Channel, "no user", "a payload without a person", cancellationToken);
        return null;
    }

    /// <summary>An id becomes part of a conversation's name, so it must be one.</summary>
    public static bool IsId(string? id) => id is { Length: > 1 and <= 32 } && id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static string Shown(string? id) => IsId(id) ? id! : "without an id";
}

using System.Text.Json;
using ItOps.Bot.Auditing;
using ItOps.Bot.Channels.Slack.Access;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Home;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Inbound;

/// <summary>The Events API: messages to the bot, mentions of it, its Home tab being opened, and the app being removed.</summary>
internal sealed class SlackEvents(SlackGate gate, ITurnIntake intake, SlackTurnTranslator translator, SlackDesk desk, SlackOptions options, SlackAccess access, Committer committer, TimeProvider time)
{
    /// <exception cref="JsonException">An event of ours is not in the shape that Slack documents.</exception>
    public async Task<SlackAnswer> HandleAsync(SlackEventCallback callback, CancellationToken cancellationToken)
    {
        if (callback.Type == "url_verification")
            return callback.Challenge is { Length: > 0 and < 1_000 } challenge ? SlackAnswer.Text(challenge) : throw new JsonException("There is no challenge.");
        if (callback is not { Type: "event_callback", Event: { ValueKind: JsonValueKind.Object } body } || body.Deserialize(SlackJson.Default.SlackEventType) is not { Type: { } type })
            throw new JsonException("There is no event.");
        try
        {
            switch (type)
            {
                case "message":
                    return await MessageAsync(callback, Read(body), cancellationToken);
                case "app_mention":
                    return await MentionAsync(callback, Read(body), cancellationToken);
                case "app_home_opened":
                    return await HomeAsync(callback, Read(body), cancellationToken);
                case "app_uninstalled":
                case "tokens_revoked" when Read(body).Tokens?.Bot is { Count: > 0 }:
                    return await WithdrawnAsync(callback, type, cancellationToken);
                default:
                    return SlackAnswer.Done;
            }
        }
        catch (StoreUnavailableException)
        {
            return SlackAnswer.TryAgain;
        }
    }

    private static SlackEvent Read(JsonElement body) => body.Deserialize(SlackJson.Default.SlackEvent) ?? throw new JsonException("The event is null.");

    /// <summary>Only direct ones are subscribed to; what the bot itself said, or somebody edited or deleted, comes under a subtype.</summary>
    private async Task<SlackAnswer> MessageAsync(SlackEventCallback callback, SlackEvent message, CancellationToken cancellationToken)
    {
        if (message.ChannelType != "im" || !IsByAPerson(message))
            return SlackAnswer.Done;
        if (await AdmitAsync(callback, message, cancellationToken) is { } from)
            await intake.AcceptAsync(translator.Message(from, message, Bot(callback)), cancellationToken);
        return SlackAnswer.Done;
    }

    /// <summary>What was said in public is answered in private; where it was said stands a pointer, in the same commit.</summary>
    private async Task<SlackAnswer> MentionAsync(SlackEventCallback callback, SlackEvent mention, CancellationToken cancellationToken)
    {
        if (!IsByAPerson(mention) || await AdmitAsync(callback, mention, cancellationToken) is not { } from)
            return SlackAnswer.Done;
        var turn = translator.Message(from, mention, Bot(callback) ?? FirstMentioned(mention.Text));
        var inDirect = mention.Channel![0] == 'D';
        var thread = SlackTurnTranslator.Thread(callback.TeamId ?? from.Tenant, mention.Channel, mention.ThreadTs ?? mention.Ts!);
        IReadOnlyList<Change> along = inDirect
            ? []
            : [new MessageQueued(new(Id.New(time), thread, new(Words.English.AnsweredInDirect), time.GetUtcNow()))];
        await intake.AcceptAsync(turn, along, cancellationToken);
        return SlackAnswer.Done;
    }

    private async Task<SlackAnswer> HomeAsync(SlackEventCallback callback, SlackEvent opened, CancellationToken cancellationToken)
    {
        if (opened.Tab == "home" && await gate.AdmitAsync(opened.User, opened.UserTeam, callback.TeamId, cancellationToken) is { } from)
            desk.ShowHome(from);
        return SlackAnswer.Done;
    }

    private async Task<SlackAnswer> WithdrawnAsync(SlackEventCallback callback, string what, CancellationToken cancellationToken)
    {
        if (callback.TeamId is not { } team || !options.Serves(team))
            return SlackAnswer.Done;
        var why = $"the app was removed from workspace {team} ({what}); install it again and put its new token under Channels:Slack:BotToken";
        if (access.Withdrawn is null)
            await committer.CommitAsync(new Commit().Audit(AuditEntry.ByBot("channel.disconnected", SlackTurnTranslator.Channel, null, ("team", team), ("why", what))), cancellationToken);
        access.Withdraw(why);
        return SlackAnswer.Done;
    }

    private Task<ChannelIdentity?> AdmitAsync(SlackEventCallback callback, SlackEvent message, CancellationToken cancellationToken) =>
        gate.AdmitAsync(message.User, message.UserTeam ?? message.SourceTeam ?? message.Team, callback.TeamId, cancellationToken);

    /// <summary>Somebody's own words, as first written. A picture with words below it is one more subtype that people write.</summary>
    private static bool IsByAPerson(SlackEvent message) =>
        message is { BotId: null, Edited: null, Subtype: null or "file_share" } && SlackGate.IsId(message.Channel) && message.Ts is { Length: > 0 and <= 32 };

    /// <summary>Who is spoken to, where Slack did not say which user the bot is.</summary>
    private static string? FirstMentioned(string? text) =>
        text is ['<', '@', .. var rest] && rest.IndexOfAny(['>', '|']) is > 0 and var end ? rest[..end] : null;

    private static string? Bot(SlackEventCallback callback) => callback.Authorizations?.FirstOrDefault(a => a?.IsBot == true)?.UserId;
}

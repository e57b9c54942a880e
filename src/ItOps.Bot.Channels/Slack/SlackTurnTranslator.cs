using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Conversations;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack;

/// <summary>
/// What a person did in Slack as a turn of Core. Whatever the place, the conversation is the person's direct one. A turn's id says what was meant, so that
/// Slack's repetitions and a second finger are the same turn.
/// </summary>
internal sealed class SlackTurnTranslator(TimeProvider time)
{
    public const string Channel = "slack";

    public static ConversationId Direct(ChannelIdentity person) => new(Channel, $"{person.Tenant}/{person.User}");

    public static ConversationId Thread(string team, string channel, string ts) => new(Channel, $"{team}/{channel}/{ts}");

    /// <summary>The place and its timestamp, not the event's id: a message that mentions the bot in its own conversation comes as two events.</summary>
    public MessageTurn Message(ChannelIdentity from, SlackEvent message, string? bot) =>
        new($"slack:{from.Tenant}:{message.Channel}:{message.Ts}", from, Direct(from), time.GetUtcNow(), SlackText.Plain(message.Text ?? "", bot));

    /// <param name="from">Who typed it.</param>
    /// <param name="command">What came.</param>
    /// <param name="text">What is meant by it.</param>
    /// <param name="delivery">What is unique about this delivery, for want of a trigger_id.</param>
    public MessageTurn Command(ChannelIdentity from, SlackCommand command, string text, string delivery) =>
        new($"slack:cmd:{from.Tenant}:{command.TriggerId ?? Hash(delivery)}", from, Direct(from), time.GetUtcNow(), text);

    public ChoiceTurn Choice(ChannelIdentity from, string choice, string? actionTs) =>
        new($"slack:{from.Tenant}:{from.User}:{choice}:{Minute(actionTs)}", from, Direct(from), time.GetUtcNow(), choice);

    public DecisionTurn Decision(ChannelIdentity from, string approval, Verdict verdict, string? actionTs) =>
        new($"slack:{from.Tenant}:{from.User}:{approval}:{verdict}:{Minute(actionTs)}", from, Direct(from), time.GetUtcNow(), approval, verdict, Note: null);

    public DecisionTurn Decision(ChannelIdentity from, string approval, Verdict verdict, string view, string note) => new(
        $"slack:{from.Tenant}:{from.User}:{approval}:{verdict}:{Hash($"{view}\n{note}")}", from, Direct(from), time.GetUtcNow(), approval, verdict, note);

    public DecisionTurn Typed(ChannelIdentity from, string approval, string view, string typed) =>
        Decision(from, approval, Verdict.Approve, view, typed) with { Note = null, Typed = typed };

    public MessageTurn Written(ChannelIdentity from, string view, string text) =>
        new($"slack:view:{view}:{Hash(text)}", from, Direct(from), time.GetUtcNow(), text);

    /// <summary>
    /// The minute of the press. Two presses in it are one that shook; a press that came to nothing (the person was told to try again) can be repeated after it.
    /// What is decided already stays decided either way.
    /// </summary>
    private string Minute(string? actionTs)
    {
        var dot = actionTs?.IndexOf('.') ?? -1;
        var seconds = long.TryParse(dot < 0 ? actionTs : actionTs![..dot], out var pressed) ? pressed : time.GetUtcNow().ToUnixTimeSeconds();
        return (seconds / 60).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ItOps.Bot.Channels.Teams.Cards;
using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Teams;

/// <summary>What an activity means to the bot.</summary>
internal abstract record TeamsEvent;

/// <summary>Somebody did something. <paramref name="Shared"/> is where they wrote, when it was not in their own chat: the dialog goes on there, in private.</summary>
internal sealed record Did(Turn Turn, TeamsPlace? Shared) : TeamsEvent;

/// <summary>Somebody's client asks for the card as they may see it now.</summary>
internal sealed record Refreshes(ChannelIdentity Person, string ApprovalId) : TeamsEvent;

/// <summary>The bot was added. <paramref name="Person"/> is none unless it is somebody's own chat.</summary>
internal sealed record Added(ChannelIdentity? Person) : TeamsEvent;

/// <summary>The bot was removed from <paramref name="Place"/>; none when nobody can tell from where.</summary>
internal sealed record Removed(TeamsPlace? Place) : TeamsEvent;

/// <summary>Nothing that the bot acts on.</summary>
internal sealed record Ignored : TeamsEvent;

/// <summary>An invoke that the bot does not know.</summary>
internal sealed record NotOffered : TeamsEvent;

/// <summary>It comes from nobody whom the platform vouches for.</summary>
internal sealed record Nobody : TeamsEvent;

/// <summary>It is of a kind that is known, and holds what it must not; <paramref name="Answer"/> says so to the person.</summary>
internal sealed record Unreadable(string Answer) : TeamsEvent;

/// <summary>
/// Translates activities whose origin is proved. Teams delivers again under a new id, so a turn's id says what was done and by whom, not which activity brought it.
/// </summary>
internal sealed class TeamsTurnTranslator(TimeProvider time)
{
    private static readonly Dictionary<string, Verdict> s_verdicts = new(StringComparer.Ordinal)
    {
        [TeamsVerbs.Of(CardAction.Approve)] = Verdict.Approve,
        [TeamsVerbs.Of(CardAction.Deny)] = Verdict.Deny,
        [TeamsVerbs.Of(CardAction.Ask)] = Verdict.Ask,
        [TeamsVerbs.Of(CardAction.ItHappened)] = Verdict.ItHappened,
        [TeamsVerbs.Of(CardAction.NotMe)] = Verdict.NotMe,
        [TeamsVerbs.Of(CardAction.ShowIt)] = Verdict.ShowIt,
        [TeamsVerbs.Of(CardAction.RunAgain)] = Verdict.RunAgain,
        [TeamsVerbs.Of(CardAction.Claim)] = Verdict.Claim,
        [TeamsVerbs.Of(CardAction.TakeOver)] = Verdict.TakeOver,
        [TeamsVerbs.Of(CardAction.Reply)] = Verdict.Reply,
        [TeamsVerbs.Of(CardAction.Resolve)] = Verdict.Resolve,
    };

    /// <summary>Whom the platform names as the sender; none when it names nobody of the directory (a bot, a guest of a meeting).</summary>
    public static ChannelIdentity? PersonOf(TeamsEnvelope envelope) =>
        Guid.TryParseExact(envelope.Activity.From?.AadObjectId, "D", out var id) && envelope.Activity.From?.Id is { Length: > 0 }
            ? new(TeamsChannel.ChannelName, envelope.Tenant, id.ToString("D"))
            : null;

    public TeamsEvent Translate(TeamsEnvelope envelope)
    {
        var activity = envelope.Activity;
        return activity.Type switch
        {
            "message" => OfPerson(envelope, person => Message(envelope, person)),
            "invoke" when activity.Name == "adaptiveCard/action" => OfPerson(envelope, person => Pressed(envelope, person)),
            "invoke" => new NotOffered(),
            "conversationUpdate" when HasBot(activity, activity.MembersAdded) => new Added(Personal(envelope)),
            "conversationUpdate" when HasBot(activity, activity.MembersRemoved) => new Removed(PlaceOf(envelope)),
            "installationUpdate" when activity.Action?.StartsWith("add", StringComparison.Ordinal) == true => new Added(Personal(envelope)),
            "installationUpdate" when activity.Action?.StartsWith("remove", StringComparison.Ordinal) == true => new Removed(PlaceOf(envelope)),
            _ => new Ignored(),
        };
    }

    private static TeamsEvent OfPerson(TeamsEnvelope envelope, Func<ChannelIdentity, TeamsEvent> translate) =>
        PersonOf(envelope) is { } person ? translate(person) : new Nobody();

    private TeamsEvent Message(TeamsEnvelope envelope, ChannelIdentity person)
    {
        var activity = envelope.Activity;
        if (activity.Value.ValueKind == JsonValueKind.Object)
            return Press(person, Text(activity.Value, "verb"), activity.Value, TenMinutes(activity));
        var text = WithoutMention(activity);
        var shared = PlaceOf(envelope) is { IsPersonal: false } place ? place : null;
        var id = Hash(activity.Conversation?.Id, person.User, text, activity.LocalTimestamp ?? activity.Timestamp ?? activity.Id);
        return new Did(new MessageTurn($"teams:{id}", person, TeamsPlace.Of(person).Id, time.GetUtcNow(), text), shared);
    }

    private TeamsEvent Pressed(TeamsEnvelope envelope, ChannelIdentity person) =>
        envelope.Activity.Value is { ValueKind: JsonValueKind.Object } value
        && value.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object
        && action.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? Press(person, Text(action, "verb"), data, TenMinutes(envelope.Activity))
            : new Unreadable(Words.English.UnknownButton);

    private TeamsEvent Press(ChannelIdentity person, string? verb, JsonElement data, string when)
    {
        if (Text(data, "id") is not { Length: > 0 and <= 200 } id || verb is null)
            return new Unreadable(Words.English.UnknownButton);
        var (conversation, now) = (TeamsPlace.Of(person).Id, time.GetUtcNow());
        if (verb == TeamsVerbs.Refresh)
            return new Refreshes(person, id);
        if (verb == TeamsVerbs.Choice)
            return new Did(new ChoiceTurn($"teams:{person.User}:{id}", person, conversation, now, id), null);
        if (!s_verdicts.TryGetValue(verb, out var verdict))
            return new Unreadable(Words.English.UnknownButton);
        var note = Text(data, "note") is { } said && !string.IsNullOrWhiteSpace(said) ? MessageText.Cut(said.Trim(), TeamsLimits.NoteOf(verdict.Button())) : null;
        if (verdict.Button().Note() == CardNote.Needed && note is null)
            return new Unreadable(Words.English.PleaseWriteSomething);
        var typed = verdict == Verdict.Approve && Text(data, "typed") is { } name && !string.IsNullOrWhiteSpace(name) ? MessageText.Cut(name.Trim(), TeamsLimits.Note) : null;
        var meaning = $"teams:{person.User}:{id}:{verb}:{when}" + (verdict.Button().Note() != CardNote.None ? ":" + Hash(note) : typed is not null ? ":" + Hash(typed) : "");
        return new Did(new DecisionTurn(meaning, person, conversation, now, id, verdict, note) { Typed = typed }, null);
    }

    /// <summary>
    /// Of "2026-11-22T14:05:09Z" what comes before the last digit of the minutes. A press that is brought again is the same press; one that came to nothing (somebody
    /// who may decide only since then) can be repeated later. What is decided stays decided either way.
    /// </summary>
    private static string TenMinutes(Activity activity) =>
        (activity.LocalTimestamp ?? activity.Timestamp) is { } at ? at[..Math.Min(at.Length, "2026-11-22T14:0".Length)] : "";

    /// <summary>Only the bot's own mention goes, and only as the platform marked it; a person may well be who the message is about.</summary>
    private static string WithoutMention(Activity activity)
    {
        var text = activity.Text ?? "";
        foreach (var entity in activity.Entities ?? [])
        {
            if (entity is { Type: "mention", Text: { Length: > 0 } mention, Mentioned.Id: { } id } && id == activity.Recipient?.Id)
                text = text.Replace(mention, "", StringComparison.Ordinal);
        }

        return text.Trim();
    }

    private static ChannelIdentity? Personal(TeamsEnvelope envelope) => envelope.Activity.Conversation?.ConversationType is "personal" ? PersonOf(envelope) : null;

    private static TeamsPlace? PlaceOf(TeamsEnvelope envelope) => envelope.Activity.Conversation switch
    {
        { ConversationType: "personal" } => PersonOf(envelope) is { } person ? TeamsPlace.Of(person) : null,
        { Id: { Length: > 0 } id } => TeamsPlace.Shared(envelope.Tenant, id),
        _ => null,
    };

    private static bool HasBot(Activity activity, IReadOnlyList<ChannelAccount?>? members) =>
        activity.Recipient?.Id is { Length: > 0 } bot && members is not null && members.Any(m => m?.Id == bot);

    private static string? Text(JsonElement of, string name)
    {
        try
        {
            return of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is well-formed JSON and no text.
            return null;
        }
    }

    /// <summary>With the lengths, so that no two lists of parts read the same.</summary>
    private static string Hash(params IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => $"{p?.Length ?? -1}:{p};")))).AsSpan(0, 16));
}

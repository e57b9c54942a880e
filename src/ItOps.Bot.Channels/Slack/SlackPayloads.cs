using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ItOps.Bot.Channels.Slack.Blocks;
using Microsoft.AspNetCore.WebUtilities;

namespace ItOps.Bot.Channels.Slack;

// What Slack sends. Everything may be absent: a good signature says that Slack sent it, not that it is what we expect.

/// <summary>A slash command.</summary>
internal sealed record SlackCommand
{
    public string? TeamId { get; init; }

    public string? UserId { get; init; }

    public string? ChannelId { get; init; }

    public string? Text { get; init; }

    public string? ResponseUrl { get; init; }

    public string? TriggerId { get; init; }
}

/// <summary>A press, a submitted modal, or a message's shortcut.</summary>
internal sealed record SlackInteraction
{
    public string? Type { get; init; }

    public string? TriggerId { get; init; }

    public string? ResponseUrl { get; init; }

    public string? CallbackId { get; init; }

    public SlackUserRef? User { get; init; }

    public SlackRef? Team { get; init; }

    public SlackContainer? Container { get; init; }

    public SlackMessageRef? Message { get; init; }

    public IReadOnlyList<SlackAction>? Actions { get; init; }

    public SlackViewRef? View { get; init; }
}

internal sealed record SlackUserRef(string? Id, string? TeamId);

internal sealed record SlackRef(string? Id);

/// <param name="Type">"message", or "view" for a modal or a Home tab.</param>
/// <param name="IsEphemeral">The message is seen by one person and cannot be updated by chat.update.</param>
internal sealed record SlackContainer(string? Type, bool? IsEphemeral);

internal sealed record SlackMessageRef(string? Text);

/// <param name="ActionId">Which kind of button or menu.</param>
/// <param name="Value">What a button is about.</param>
/// <param name="Text">What stands on it.</param>
/// <param name="SelectedOption">What was chosen in a menu.</param>
/// <param name="ActionTs">When it was pressed.</param>
internal sealed record SlackAction(string? ActionId, string? Value, SlackLabel? Text, SlackOption? SelectedOption, string? ActionTs);

internal sealed record SlackOption(string? Value, SlackLabel? Text);

internal sealed record SlackLabel(string? Text);

internal sealed record SlackViewRef
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? CallbackId { get; init; }

    public string? PrivateMetadata { get; init; }

    public SlackViewState? State { get; init; }
}

/// <param name="Values">By block_id, then by action_id.</param>
internal sealed record SlackViewState(IReadOnlyDictionary<string, IReadOnlyDictionary<string, SlackInput>>? Values);

internal sealed record SlackInput(string? Value);

/// <summary>The envelope of the Events API.</summary>
internal sealed record SlackEventCallback
{
    public string? Type { get; init; }

    public string? Challenge { get; init; }

    public string? TeamId { get; init; }

    public IReadOnlyList<SlackAuthorization?>? Authorizations { get; init; }

    /// <summary>Read when its type is one of ours: others have other shapes under the same names.</summary>
    public JsonElement? Event { get; init; }
}

/// <summary>What every event has, of whatever shape the rest is.</summary>
internal sealed record SlackEventType(string? Type);

internal sealed record SlackAuthorization(string? UserId, bool? IsBot);

internal sealed record SlackEvent
{
    public string? Type { get; init; }

    public string? Subtype { get; init; }

    public string? BotId { get; init; }

    public string? User { get; init; }

    public string? Text { get; init; }

    public string? Channel { get; init; }

    public string? ChannelType { get; init; }

    public string? Ts { get; init; }

    public string? ThreadTs { get; init; }

    public string? Tab { get; init; }

    /// <summary>The workspace of the one who wrote; in a channel shared with another organisation it may be theirs.</summary>
    public string? Team { get; init; }

    public string? UserTeam { get; init; }

    public string? SourceTeam { get; init; }

    public JsonElement? Edited { get; init; }

    public SlackRevokedTokens? Tokens { get; init; }
}

internal sealed record SlackRevokedTokens(IReadOnlyList<string>? Bot);

/// <summary>What Socket Mode wraps around all of the above.</summary>
internal sealed record SlackEnvelope
{
    public string? Type { get; init; }

    public string? EnvelopeId { get; init; }

    public string? Reason { get; init; }

    public JsonElement? Payload { get; init; }

    public bool? AcceptsResponsePayload { get; init; }
}

/// <summary>Reads what Slack posts; a form for people's doings, JSON for events.</summary>
internal static class SlackPayloads
{
    private const int FormFields = 64;

    /// <exception cref="InvalidDataException">It is not such a form.</exception>
    public static SlackCommand Command(ReadOnlySpan<byte> body)
    {
        var form = Form(body);
        return new()
        {
            TeamId = Field(form, "team_id"),
            UserId = Field(form, "user_id"),
            ChannelId = Field(form, "channel_id"),
            Text = Field(form, "text"),
            ResponseUrl = Field(form, "response_url"),
            TriggerId = Field(form, "trigger_id"),
        };
    }

    /// <exception cref="InvalidDataException">It is not a form with a payload.</exception>
    /// <exception cref="JsonException">The payload is not one.</exception>
    public static SlackInteraction Interaction(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(Field(Form(body), "payload") ?? throw new InvalidDataException("There is no payload."), SlackJson.Default.SlackInteraction)
        ?? throw new JsonException("The payload is null.");

    /// <exception cref="JsonException">It is not an event.</exception>
    public static SlackEventCallback EventCallback(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, SlackJson.Default.SlackEventCallback) ?? throw new JsonException("The event is null.");

    private static string? Field(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Form(ReadOnlySpan<byte> body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = FormFields, ValueLengthLimit = SlackLimits.Body };
        return reader.ReadForm();
    }
}

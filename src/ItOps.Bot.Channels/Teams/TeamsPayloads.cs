using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ItOps.Bot.Channels.Teams.Cards;

namespace ItOps.Bot.Channels.Teams;

/// <summary>The parts of the Bot Framework's JSON that are read or written.</summary>
internal static class TeamsPayloads
{
    public const string CardType = "application/vnd.microsoft.card.adaptive";
    public const string ErrorType = "application/vnd.microsoft.error";

    /// <summary>A key that comes twice would be read differently by others, so it is malformed.</summary>
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Never part of a page, and \u escapes would eat the message's size.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        MaxDepth = 32,
    };

    /// <summary>None when it is not an activity.</summary>
    public static Activity? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Activity>(body, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, s_options);

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options);

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, s_options);
}

/// <summary>What Teams sends.</summary>
internal sealed record Activity
{
    public string? Type { get; init; }
    public string? Id { get; init; }
    public string? ChannelId { get; init; }
    public string? ServiceUrl { get; init; }
    public string? Timestamp { get; init; }
    public string? LocalTimestamp { get; init; }
    public ChannelAccount? From { get; init; }
    public ChannelAccount? Recipient { get; init; }
    public ConversationAccount? Conversation { get; init; }
    public TeamsChannelData? ChannelData { get; init; }
    public string? Text { get; init; }
    public string? Name { get; init; }
    public string? Action { get; init; }
    public JsonElement Value { get; init; }
    public IReadOnlyList<ActivityEntity?>? Entities { get; init; }
    public IReadOnlyList<ChannelAccount?>? MembersAdded { get; init; }
    public IReadOnlyList<ChannelAccount?>? MembersRemoved { get; init; }
}

internal sealed record ChannelAccount
{
    public string? Id { get; init; }
    public string? AadObjectId { get; init; }
    public string? TenantId { get; init; }
}

internal sealed record ConversationAccount
{
    public string? Id { get; init; }
    public string? TenantId { get; init; }

    /// <summary>"personal", "groupChat" or "channel".</summary>
    public string? ConversationType { get; init; }
}

internal sealed record TeamsChannelData
{
    public TeamsTenant? Tenant { get; init; }
}

internal sealed record TeamsTenant(string? Id);

internal sealed record ActivityEntity
{
    public string? Type { get; init; }
    public string? Text { get; init; }
    public ChannelAccount? Mentioned { get; init; }
}

/// <summary>What the bot sends.</summary>
internal sealed record OutgoingActivity
{
    public string Type { get; } = "message";
    public string? Text { get; init; }

    /// <summary>Teams reads Markdown otherwise, in words that are not ours.</summary>
    public string TextFormat { get; } = "plain";

    /// <summary>What a notification shows of a message that is only a card.</summary>
    public string? Summary { get; init; }

    public IReadOnlyList<CardAttachment>? Attachments { get; init; }
}

internal sealed record CardAttachment(AdaptiveCard Content)
{
    public string ContentType { get; } = TeamsPayloads.CardType;
}

internal sealed record NewConversation(ChannelAccount Bot, IReadOnlyList<ChannelAccount> Members, string TenantId, TeamsChannelData ChannelData)
{
    public bool IsGroup { get; init; }
}

internal sealed record ResourceAnswer(string? Id);

/// <summary>Somebody in a conversation's roster.</summary>
internal sealed record TeamsMember
{
    /// <summary>"29:…" is a person, "28:…" a bot.</summary>
    public string? Id { get; init; }

    public string? AadObjectId { get; init; }

    /// <summary>What older service URLs call <see cref="AadObjectId"/>.</summary>
    public string? ObjectId { get; init; }

    public string? TenantId { get; init; }
    public string? UserPrincipalName { get; init; }

    /// <summary>"user", "owner", "guest" or, in a meeting, "anonymous".</summary>
    public string? UserRole { get; init; }
}

internal sealed record ConnectorError(ConnectorErrorBody? Error);

internal sealed record ConnectorErrorBody(string? Code, string? Message);

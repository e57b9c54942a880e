using System.Text.Json;

namespace ItOps.Bot.Testing.Slack;

/// <summary>One call of the Web API, as it came.</summary>
public sealed record SlackApiCall(string Method, JsonElement Arguments, string Authorization);

/// <summary>A modal that lies open.</summary>
public sealed record OpenedModal(string Id, JsonElement View)
{
    public string Title => View.GetProperty("title").GetProperty("text").GetString()!;

    public string Shown => SlackScreen.Read(View.GetProperty("blocks"));

    /// <summary>What the input is filled with beforehand; none when there is no input.</summary>
    public string? Filled => Input is { } input && input.TryGetProperty("initial_value", out var value) ? value.GetString() : null;

    internal JsonElement? Input => View.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "input").Select(b => (JsonElement?)b.GetProperty("element")).FirstOrDefault();

    internal string? InputBlock => View.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "input").Select(b => b.GetProperty("block_id").GetString()).FirstOrDefault();
}

/// <summary>A channel.</summary>
public sealed record FakeSlackChannel(string Id, bool BotIsMember, bool Archived);

/// <summary>Somebody, as users.info tells.</summary>
public sealed record SlackProfile(string Id, string Team)
{
    public string? Email { get; init; }

    /// <summary>Slack saw to it that the address is theirs.</summary>
    public bool IsEmailConfirmed { get; init; } = true;

    public bool IsRestricted { get; init; }

    public bool IsUltraRestricted { get; init; }

    public bool IsStranger { get; init; }

    public bool Deleted { get; init; }

    internal object ToJson() => new
    {
        id = Id,
        team_id = Team,
        deleted = Deleted,
        is_restricted = IsRestricted,
        is_ultra_restricted = IsUltraRestricted,
        is_stranger = IsStranger,
        is_bot = false,
        is_email_confirmed = IsEmailConfirmed,
        profile = new { email = Email },
    };
}

/// <summary>How the bot answered a delivery.</summary>
public sealed record SlackReceipt(int Status, string Body);

/// <summary>A story does not go as it is told.</summary>
public sealed class SlackStoryException(string message) : Exception(message);

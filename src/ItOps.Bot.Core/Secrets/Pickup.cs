using System.Text.Json.Serialization;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;

namespace ItOps.Bot.Secrets;

/// <summary>
/// One browser that opened a one-time link without a sign-in and waits for the recipient to say, in the conversation that the link was sent to, that it is theirs.
/// The <paramref name="Ordinal"/> counts the browsers of one link from 1, each at most once.
/// </summary>
public sealed record Pickup(string Id, string TokenHash, int Ordinal, PersonId Recipient)
{
    public int Version { get; init; } = 1;

    public PickupStatus Status { get; init; } = PickupStatus.Asked;

    /// <summary>SHA-256 of what only this browser has (hexadecimal).</summary>
    public required string BrowserHash { get; init; }

    /// <summary>Four digits that stand on the page and in the question, for the person to compare.</summary>
    public required string Number { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public IReadOnlyList<ConversationId> AskedIn { get; init; } = [];

    public string? RequestId { get; init; }

    /// <summary>It can still come to something.</summary>
    public bool IsOpen(DateTimeOffset now) => Status is PickupStatus.Asked or PickupStatus.Confirmed && now < ExpiresAt;
}

/// <summary>Confirmed: the browser may show it once. Shown, Denied and Expired are ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PickupStatus>))]
public enum PickupStatus { Asked, Confirmed, Shown, Denied, Expired }

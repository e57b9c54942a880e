using System.Text.Json.Serialization;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Tickets;

namespace ItOps.Bot.HandOffs;

/// <summary>
/// A request in people's hands: who has it, and what was said. Every change is a compare-and-set on <see cref="Version"/>, so that one person has it and each word is
/// passed on once. <paramref name="Id"/> is what stands behind the buttons.
/// </summary>
public sealed record HandOffCase(string Id, string RequestId, string Number, PersonId Requester, string RequesterName)
{
    public HandOffStatus Status { get; init; } = HandOffStatus.Open;

    /// <summary>Grows by one with each change; 0 has never been stored.</summary>
    public int Version { get; init; }

    /// <summary>Whose members may take it; resolved when they press.</summary>
    public required string Group { get; init; }

    /// <summary>What stands above the card for them.</summary>
    public required string Heading { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public HandOffHolder? Holder { get; init; }

    /// <summary>Both ways, oldest first.</summary>
    public IReadOnlyList<HandOffMessage> Messages { get; init; } = [];

    /// <summary>What the runbook wants whoever takes over to know, as it was known at the hand-off.</summary>
    public IReadOnlyList<CardFact> Facts { get; init; } = [];

    /// <summary>What was tried with the person, in words, and what came of it.</summary>
    public IReadOnlyList<CardFact> Tried { get; init; } = [];

    /// <summary>Where a card was sent, so that each copy converges.</summary>
    public IReadOnlyList<ConversationId> PostedTo { get; init; } = [];

    /// <summary>What stands above the card where it was posted anew with words of its own, by place; else it is <see cref="Heading"/>.</summary>
    public IReadOnlyDictionary<string, string> Above { get; init; } = new Dictionary<string, string>();

    /// <summary>The last time that IT said it is solved; none while nobody has, or after the person said that it is not.</summary>
    public HandOffEnd? End { get; init; }

    /// <summary>Its copy in a ticket system; none where none is connected.</summary>
    public Ticket? Ticket { get; init; }

    [JsonIgnore]
    public bool IsOver => Status == HandOffStatus.Confirmed;

    public string TextAt(ConversationId place) => Above.GetValueOrDefault(place.ToString(), Heading);

    public HandOffCase With(HandOffMessage message) => this with { Messages = [.. Messages, message with { Ordinal = Messages.Count + 1 }] };
}

/// <summary>Silence is not success: what IT calls solved stays <see cref="Resolved"/> until the person says so.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HandOffStatus>))]
public enum HandOffStatus { Open, Claimed, Resolved, Confirmed }

/// <summary>Who has it.</summary>
/// <param name="Person">None when somebody took it in the ticket system, whom we know by name only.</param>
/// <param name="Name">As people read it.</param>
/// <param name="At">Since when.</param>
/// <param name="Channel">Where they took it, and are told what comes.</param>
public sealed record HandOffHolder(PersonId? Person, string Name, DateTimeOffset At, string Channel);

/// <summary>Something said: by the requester, or to them.</summary>
/// <param name="ByRequester">Else by somebody in IT.</param>
/// <param name="Name">Who, as people read it.</param>
/// <param name="Text">Data, whoever wrote it (I5).</param>
/// <param name="At">When.</param>
public sealed record HandOffMessage(bool ByRequester, string Name, string Text, DateTimeOffset At)
{
    public const int Longest = 2_000;

    /// <summary>1 for the first.</summary>
    public int Ordinal { get; init; }

    /// <summary>It came from the ticket, so it does not go there.</summary>
    public bool FromTicket { get; init; }
}

/// <summary>Who called it solved, and how.</summary>
public sealed record HandOffEnd(string Name, DateTimeOffset At, string? Note);

using System.Text.Json.Serialization;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Replies;

/// <summary>
/// What the bot says, without a channel's markup: plain text, at most one card, and choices. Everything in it may hold text from people
/// and targets, so a renderer escapes all of it (I5).
/// </summary>
public sealed record Reply(string Text)
{
    public Card? Card { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>A question to be answered in the person's own words: they may simply write, and a surface may offer a form as well.</summary>
    public bool WantsWords { get; init; }

    /// <summary>A one-time code that stands after the text; only ever in a conversation with nobody else in it (I6).</summary>
    public Secret<string>? Code { get; init; }

    /// <summary>The text as it is shown.</summary>
    [JsonIgnore]
    public string Shown => Code is null ? Text : $"{Text} {Code.Reveal()}";

    /// <summary>A single-use link for the recipient alone; only ever in a conversation with nobody else in it (I6).</summary>
    public SecretLink? Link { get; init; }
}

/// <summary>One button of a question. <paramref name="Id"/> is opaque; <paramref name="Hint"/> is a short state such as "locked since 10:32".</summary>
public sealed record Choice(string Id, string Label, string? Hint = null);

/// <summary>A link that shows a button first and burns only by POST. The URL is relative to the public address of the bot.</summary>
public sealed record SecretLink(string Label, Secret<string> Url, DateTimeOffset ExpiresAt);

/// <summary>
/// A plan, an approval or a receipt, under twelve lines with details folded. With <see cref="ApprovalId"/> and
/// <see cref="Buttons"/> it can be acted on; a receipt has neither.
/// </summary>
public sealed record Card(string Title, CardState State)
{
    /// <summary>The state in a few words, such as "Waiting for IT" or "Unlocked and checked".</summary>
    public required string StateText { get; init; }

    public string? RequestNumber { get; init; }

    /// <summary>The request that the card is about, for a link to its page in the console.</summary>
    public string? RequestId { get; init; }

    public string? ApprovalId { get; init; }

    /// <summary>Label and value: who asks and how we know, reason, runbook, who decided.</summary>
    public IReadOnlyList<CardFact> Facts { get; init; } = [];

    /// <summary>Before and after, like a diff.</summary>
    public IReadOnlyList<CardChange> Changes { get; init; } = [];

    /// <summary>The exact steps, in order.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    public CardRisk? Risk { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public IReadOnlyList<CardButton> Buttons { get; init; } = [];

    /// <summary>What must be typed along with <see cref="CardAction.Approve"/>; none when pressing is enough.</summary>
    public string? TypeToConfirm { get; init; }

    /// <summary>For a card of several requests: one for each, with its own id and buttons, or none once it is decided. Its own buttons are for all of them.</summary>
    public IReadOnlyList<Card> Parts { get; init; } = [];

    /// <summary>Exact particulars, folded until asked for (digest, object ids, output).</summary>
    public IReadOnlyList<CardFact> Details { get; init; } = [];
}

public sealed record CardFact(string Label, string Value)
{
    /// <summary>Set when the value is a moment, so that a surface can show it relative to now.</summary>
    public DateTimeOffset? At { get; init; }
}

public sealed record CardChange(string Label, string Before, string After);

public sealed record CardRisk(RiskLevel Level, string Reason);

public sealed record CardButton(CardAction Action, string Label);

[JsonConverter(typeof(JsonStringEnumConverter<CardState>))]
public enum CardState { Waiting, Running, Succeeded, Failed, Denied, Expired, Cancelled, Unknown, HandedOff }

[JsonConverter(typeof(JsonStringEnumConverter<CardAction>))]
public enum CardAction { Approve, Deny, Ask, ItHappened, RunAgain, NotMe, ShowIt, Claim, TakeOver, Reply, Resolve }

[JsonConverter(typeof(JsonStringEnumConverter<RiskLevel>))]
public enum RiskLevel { None, Low, Medium, High }

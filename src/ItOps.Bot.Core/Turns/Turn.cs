using System.Text.Json.Serialization;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Turns;

/// <summary>
/// One thing that a person did, translated from a channel's own words. <paramref name="Id"/> is unique per channel event
/// (redelivery keeps it), so the inbox accepts it once.
/// </summary>
[JsonDerivedType(typeof(MessageTurn), "message")]
[JsonDerivedType(typeof(ChoiceTurn), "choice")]
[JsonDerivedType(typeof(DecisionTurn), "decision")]
[JsonDerivedType(typeof(RequestTurn), "request")]
public abstract record Turn(string Id, ChannelIdentity From, ConversationId Conversation, DateTimeOffset At);

/// <summary>Free text. It is data, never an instruction to anything but the interpreter (I5).</summary>
public sealed record MessageTurn(string Id, ChannelIdentity From, ConversationId Conversation, DateTimeOffset At, string Text)
    : Turn(Id, From, Conversation, At);

/// <summary>A tapped choice: nothing but its opaque id (I4).</summary>
public sealed record ChoiceTurn(string Id, ChannelIdentity From, ConversationId Conversation, DateTimeOffset At, string ChoiceId)
    : Turn(Id, From, Conversation, At);

/// <summary>A press on a card: the opaque id of its approval or hand-off, what was pressed, and an optional note.</summary>
public sealed record DecisionTurn(
    string Id, ChannelIdentity From, ConversationId Conversation, DateTimeOffset At, string ApprovalId, Verdict Verdict, string? Note)
    : Turn(Id, From, Conversation, At)
{
    /// <summary>What was typed to confirm an approval that asks for it. Compared and forgotten, never a note.</summary>
    public string? Typed { get; init; }
}

/// <summary>
/// News of a request for the conversation it began in. It goes through the inbox like a person's turn, in the commit that made it news, so it is
/// told once and not lost.
/// </summary>
public sealed record RequestTurn(string Id, ConversationId Conversation, DateTimeOffset At, string RequestId, RequestEvent Event)
    : Turn(Id, Bot, Conversation, At)
{
    private static readonly ChannelIdentity Bot = new("bot", "", "bot");

    /// <summary>The approval that a question was asked on, and the question.</summary>
    public PendingQuestion? Question { get; init; }

    /// <summary>Which message of a hand-off it is about.</summary>
    public int? Message { get; init; }

    public static RequestTurn For(ServiceRequest request, RequestEvent happened, TimeProvider time) =>
        new($"{request.Id}:{happened}:{request.Version}", request.Conversation, time.GetUtcNow(), request.Id, happened);
}

public enum Verdict
{
    Approve,
    Deny,

    /// <summary>A question to the requester; the approval stays as it is.</summary>
    Ask,

    /// <summary>After an unknown outcome: a person looked, and the step did happen.</summary>
    ItHappened,

    /// <summary>After an unknown outcome: a person looked, and it did not; run it again.</summary>
    RunAgain,

    /// <summary>It should not have happened: the account is blocked, the link is voided, and security is told.</summary>
    NotMe,

    /// <summary>It is I who opened the one-time link.</summary>
    ShowIt,

    /// <summary>Takes a hand-off that nobody has.</summary>
    Claim,

    /// <summary>Takes a hand-off that somebody else has.</summary>
    TakeOver,

    /// <summary>Words to whoever was handed over; the hand-off stays as it is.</summary>
    Reply,

    /// <summary>Calls a hand-off solved, with a note if wanted; the person is asked whether it is.</summary>
    Resolve,
}

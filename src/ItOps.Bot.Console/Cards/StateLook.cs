using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Console.Cards;

/// <summary>The shape and the tone of a state; the word is always written beside it.</summary>
public readonly record struct StateLook(string Icon, string Tone)
{
    public static StateLook Of(CardState state) => state switch
    {
        CardState.Waiting => new("wait", "wait"),
        CardState.Running => new("run", "run"),
        CardState.Succeeded => new("ok", "ok"),
        CardState.Failed => new("failed", "bad"),
        CardState.Denied => new("denied", "bad"),
        CardState.Expired => new("expired", "none"),
        CardState.Cancelled => new("cancelled", "none"),
        CardState.Unknown => new("unknown", "unsure"),
        CardState.HandedOff => new("human", "human"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static StateLook Of(RequestStatus status) => status == RequestStatus.Draft ? new("draft", "none") : Of(RequestCards.StateOf(status));

    public static StateLook Of(RiskLevel level) => level switch
    {
        RiskLevel.None => new("risk-none", "none"),
        RiskLevel.Low => new("risk-low", "ok"),
        RiskLevel.Medium => new("risk-medium", "wait"),
        RiskLevel.High => new("risk-high", "bad"),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}

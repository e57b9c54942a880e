using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>What the buttons on our cards are called on the wire.</summary>
internal static class TeamsVerbs
{
    public const string Choice = "choice";
    public const string Refresh = "refresh";

    public static string Of(CardAction action) => action switch
    {
        CardAction.Approve => "approve",
        CardAction.Deny => "deny",
        CardAction.Ask => "ask",
        CardAction.ItHappened => "ithappened",
        CardAction.RunAgain => "runagain",
        CardAction.NotMe => "notme",
        CardAction.ShowIt => "showit",
        CardAction.Claim => "claim",
        CardAction.TakeOver => "takeover",
        CardAction.Reply => "reply",
        CardAction.Resolve => "resolve",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };
}

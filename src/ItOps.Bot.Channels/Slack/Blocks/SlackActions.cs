using System.Diagnostics.CodeAnalysis;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Blocks;

/// <summary>The fixed words that say which kind of button it was. What it is about stands in the value: one opaque id.</summary>
internal static class SlackActions
{
    public const string Choice = "choice";
    public const string Answer = "answer";
    public const string Link = "link";

    /// <summary>Approve, where a name must be typed: it opens a form. The value is the approval's id.</summary>
    public const string ApproveTyped = "approve_typed";

    /// <summary>The value is an approval's id.</summary>
    public const string Details = "details";

    /// <summary>The value is a request's id.</summary>
    public const string Request = "request";

    /// <summary>Buttons of one block must differ in their action_id.</summary>
    public static string ChoiceButton(int index) => $"{Choice}.{index}";

    public static bool IsChoice(string action) => action == Choice || action.StartsWith(Choice + ".", StringComparison.Ordinal);

    public static string Of(CardAction action) => action switch
    {
        CardAction.Approve => "approve",
        CardAction.Deny => "deny",
        CardAction.Ask => "ask",
        CardAction.ItHappened => "it_happened",
        CardAction.RunAgain => "run_again",
        CardAction.NotMe => "not_me",
        CardAction.ShowIt => "show_it",
        CardAction.Claim => "claim",
        CardAction.TakeOver => "take_over",
        CardAction.Reply => "reply",
        CardAction.Resolve => "resolve",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    public static bool TryVerdict([NotNullWhen(true)] string? action, out Verdict verdict)
    {
        Verdict? found = action switch
        {
            "approve" => Verdict.Approve,
            "deny" => Verdict.Deny,
            "ask" => Verdict.Ask,
            "it_happened" => Verdict.ItHappened,
            "run_again" => Verdict.RunAgain,
            "not_me" => Verdict.NotMe,
            "show_it" => Verdict.ShowIt,
            "claim" => Verdict.Claim,
            "take_over" => Verdict.TakeOver,
            "reply" => Verdict.Reply,
            "resolve" => Verdict.Resolve,
            _ => null,
        };
        verdict = found.GetValueOrDefault();
        return found is not null;
    }
}

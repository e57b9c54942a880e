using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack.Calls;

/// <summary>Slack said no, by name.</summary>
internal sealed class SlackRefusedException(string error, string detail, bool aboutToken) : DeliveryException(DeliveryFailure.Refused, detail)
{
    public string Error { get; } = error;

    public bool IsAboutToken { get; } = aboutToken;
}

/// <summary>What the names of Slack's errors mean for a message, and what to mend.</summary>
internal static class SlackErrors
{
    public static DeliveryException Of(SlackCall call, SlackApiAnswer answer, TimeSpan? retryAfter)
    {
        var error = answer.Error ?? "unknown";
        return error switch
        {
            "ratelimited" or "rate_limited" => new DeliveryException(DeliveryFailure.Busy, $"{call.Method} was called too often.", retryAfter),
            "internal_error" or "fatal_error" or "service_unavailable" or "team_added_to_org" => new DeliveryException(DeliveryFailure.Unknown, $"{call.Method} failed at Slack ({error})."),
            "request_timeout" => new DeliveryException(DeliveryFailure.NotSent, $"{call.Method} did not arrive whole."),
            "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" or "not_allowed_token_type" =>
                new SlackRefusedException(error, Token(call, error), aboutToken: true),
            _ => new SlackRefusedException(error, Detail(call, answer, error), aboutToken: false),
        };
    }

    private static string Token(SlackCall call, string error) => call.IsByBot
        ? $"{call.Method}: {error}. Channels:Slack:BotToken is no longer good; install the app again and copy the Bot User OAuth Token from its page, OAuth & Permissions."
        : $"{call.Method}: {error}. Channels:Slack:{call.Key} is not good; make an app-level token with connections:write on the app's page, Basic Information.";

    private static string Detail(SlackCall call, SlackApiAnswer answer, string error) => error switch
    {
        "missing_scope" => $"{call.Method}: the scope {answer.Needed ?? "it needs"} is missing; add it on the app's page, OAuth & Permissions, and install the app again.",
        "not_in_channel" => $"{call.Method}: the bot is not in the channel; write '/invite @' and its name there.",
        "channel_not_found" => $"{call.Method}: there is no such channel, or it is private and the bot is not in it; see Channels:Slack:ApproverChannel.",
        "is_archived" => $"{call.Method}: the channel is archived; name another under Channels:Slack:ApproverChannel.",
        "cannot_dm_bot" or "user_not_found" or "user_disabled" or "user_not_visible" => $"{call.Method}: {error}; this person cannot be written to.",
        "message_not_found" or "cant_update_message" or "edit_window_closed" => $"{call.Method}: {error}; the message is gone or can no longer be changed.",
        "link_disabled" or "socket_mode_not_enabled" => $"{call.Method}: {error}; turn Socket Mode on, on the app's page.",
        _ => $"{call.Method}: {error}{(answer.ResponseMetadata?.Messages is { Count: > 0 } why ? $" ({string.Join("; ", why)})" : "")}.",
    };
}

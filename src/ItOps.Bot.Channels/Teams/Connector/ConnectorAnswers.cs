using System.Net;
using System.Text.Json;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams.Connector;

/// <summary>What the connector's refusals mean for a message.</summary>
internal static class ConnectorAnswers
{
    public static Exception Failure(ConnectorCall call, HttpStatusCode status, TimeSpan? retryAfter, string body)
    {
        var code = CodeIn(body);
        var detail = $"The connector answered {(int)status} {code} to {call.Method} {call.Address.AbsolutePath}.";
        return status switch
        {
            HttpStatusCode.TooManyRequests => new DeliveryException(DeliveryFailure.Busy, detail, retryAfter),
            HttpStatusCode.Unauthorized => new DeliveryException(DeliveryFailure.NotSent, detail + " It does not take the bot's token: check Channels:Teams:AppId, TenantId and the credential."),
            HttpStatusCode.Forbidden when code is "MessageWritesBlocked" or "BotNotInConversationRoster" or "ConversationBlockedByUser" => new BotBlockedException(detail),
            >= HttpStatusCode.InternalServerError when call.IsHarmless => new DeliveryException(DeliveryFailure.NotSent, detail),
            // It may well have been taken before something behind it failed.
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => new DeliveryException(DeliveryFailure.Unknown, detail, retryAfter),
            _ => new DeliveryException(DeliveryFailure.Refused, detail),
        };
    }

    private static string? CodeIn(string body)
    {
        try
        {
            return body.Length == 0 ? null : TeamsPayloads.Read<ConnectorError>(body)?.Error?.Code;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The person blocked the bot, or it was removed: what is known of the way there is worthless.</summary>
internal sealed class BotBlockedException(string message) : Exception(message);

using ItOps.Bot.Channels.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Channels.Slack;

/// <summary>What Slack calls. Nothing is parsed before the signature over the raw bytes holds, and the answer waits for nothing but the commit.</summary>
internal sealed class SlackEndpoints(SlackProof proof, SlackIntake intake, Refusals refusals)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, kind) in new[]
        {
            ("/slack/commands", SlackDeliveryKind.Command),
            ("/slack/interactivity", SlackDeliveryKind.Interaction),
            ("/slack/events", SlackDeliveryKind.Event),
        })
        {
            routes.MapPost(path, (HttpContext http, SlackEndpoints endpoints) => endpoints.HandleAsync(http, kind)).ExcludeFromDescription();
        }
    }

    private async Task HandleAsync(HttpContext http, SlackDeliveryKind kind)
    {
        var stop = http.RequestAborted;
        if (await RawBody.ReadAsync(http.Request, SlackLimits.Body, stop) is not { } body)
        {
            await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, "oversized", $"more than {SlackLimits.Body} bytes");
            return;
        }

        var signature = http.Request.Headers["X-Slack-Signature"];
        var timestamp = http.Request.Headers["X-Slack-Request-Timestamp"];
        if (proof.Refusal(Single(timestamp), Single(signature), body) is { } why)
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, why, why == "bad signature" ? "see whether Channels:Slack:SigningSecret is that of the app" : $"on {kind}");
            return;
        }

        var answer = await TakeAsync(kind, body, signature.ToString(), stop);
        http.Response.StatusCode = answer.Status;
        if (answer.Body is not { } bytes)
            return;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, stop);
    }

    private async Task<SlackAnswer> TakeAsync(SlackDeliveryKind kind, byte[] body, string signature, CancellationToken cancellationToken)
    {
        var answer = SlackAnswer.TryAgain;
        try
        {
            answer = await intake.TakeAsync(kind, body, signature, cancellationToken);
            return answer;
        }
        finally
        {
            if (answer.Status >= StatusCodes.Status500InternalServerError)
                proof.Forget(signature);
        }
    }

    private async Task RefuseAsync(HttpContext http, int status, string why, string detail)
    {
        http.Response.StatusCode = status;
        await refusals.NoteAsync(SlackTurnTranslator.Channel, why, detail, http.RequestAborted);
    }

    // Two of one header is nothing that Slack sends.
    private static string? Single(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 1 ? values[0] : null;
}

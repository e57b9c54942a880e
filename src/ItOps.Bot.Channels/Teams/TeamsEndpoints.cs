using ItOps.Bot.Channels.Teams.Invokes;
using ItOps.Bot.Channels.Teams.Tokens;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels.Teams;

/// <summary><c>POST /api/messages</c>: proved, translated, durable, answered; in that order, and nothing slow before the answer.</summary>
internal sealed class TeamsEndpoints(TeamsProof proof, TeamsTurnTranslator translator, InboundActivities inbound, Refusals refusals, ILogger<TeamsEndpoints> log)
{
    public const string Path = "/api/messages";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost(
        Path, (HttpContext context) => context.RequestServices.GetRequiredService<TeamsEndpoints>().ReceiveAsync(context));

    private async Task ReceiveAsync(HttpContext context)
    {
        try
        {
            if (await RawBody.ReadAsync(context.Request, TeamsLimits.InboundBytes, context.RequestAborted) is not { } body)
            {
                await RefuseAsync(context, new(413, "too large", $"More than {TeamsLimits.InboundBytes} bytes."));
                return;
            }

            // From here on nobody is listened to who hangs up: what was sent counts.
            var proved = await proof.ProveAsync(context.Request, body, CancellationToken.None);
            if (proved.Refusal is { } refusal)
                await RefuseAsync(context, refusal);
            else
                await AnswerAsync(context, proved.Envelope!);
        }
        catch (KeysUnavailableException e)
        {
            await RefuseAsync(context, new(503, "no keys", e.Message));
        }
        catch (BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer, and nothing was read that could be acted on.
        }
        catch (Exception e)
        {
            log.LogError(e, "A request of Teams ended in a fault");
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task AnswerAsync(HttpContext context, TeamsEnvelope envelope)
    {
        var isInvoke = envelope.Activity.Type == "invoke";
        InvokeAnswer? answer;
        try
        {
            answer = await HandleAsync(context, envelope, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            log.LogError(e, "An activity of Teams was not taken");
            context.Response.StatusCode = isInvoke ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            answer = InvokeAnswer.Error(503, "NotNow", Words.English.CannotTakeIn);
        }
        catch (Exception e)
        {
            log.LogError(e, "An activity of Teams ended in a fault");
            context.Response.StatusCode = isInvoke ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
            answer = InvokeAnswer.Error(500, "Fault", Words.English.SomethingBroke);
        }

        if (isInvoke && answer is not null)
            await WriteAsync(context, answer);
    }

    private async Task<InvokeAnswer?> HandleAsync(HttpContext context, TeamsEnvelope envelope, CancellationToken cancellationToken)
    {
        switch (translator.Translate(envelope))
        {
            case Did did:
                return await inbound.TakeAsync(envelope, did, cancellationToken);
            case Refreshes refreshes:
                return await inbound.RefreshAsync(envelope, refreshes, cancellationToken);
            case Added added:
                await inbound.AddedAsync(envelope, added, cancellationToken);
                return null;
            case Removed removed:
                await inbound.RemovedAsync(removed, cancellationToken);
                return null;
            case NotOffered:
                context.Response.StatusCode = StatusCodes.Status501NotImplemented;
                return null;
            case Nobody:
                await RefuseAsync(context, new(403, "nobody", $"{envelope.Activity.From?.Id} has no object id in the directory."));
                return null;
            case Unreadable unreadable:
                return InvokeAnswer.Error(400, "NotUnderstood", unreadable.Answer);
            default:
                return null;
        }
    }

    private async Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        await refusals.NoteAsync(TeamsChannel.ChannelName, refusal.Why, refusal.Detail, CancellationToken.None);
    }

    private static async Task WriteAsync(HttpContext context, InvokeAnswer answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.BodyWriter.WriteAsync(TeamsPayloads.Bytes(answer), CancellationToken.None);
    }
}

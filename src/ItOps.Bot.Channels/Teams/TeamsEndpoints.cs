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
        // A client that hangs up does not take back what it sent.
        var cancellationToken = CancellationToken.None;
        if (await RawBody.ReadAsync(context.Request, TeamsLimits.InboundBytes, context.RequestAborted) is not { } body)
        {
            await RefuseAsync(context, new(413, "too large", $"More than {TeamsLimits.InboundBytes} bytes."));
            return;
        }

        TeamsEnvelope envelope;
        try
        {
            var proved = await proof.ProveAsync(context.Request, body, cancellationToken);
            if (proved.Refusal is { } refusal)
            {
                await RefuseAsync(context, refusal);
                return;
            }

            envelope = proved.Envelope!;
        }
        catch (KeysUnavailableException e)
        {
            await RefuseAsync(context, new(503, "no keys", e.Message));
            return;
        }

        await AnswerAsync(context, envelope, cancellationToken);
    }

    private async Task AnswerAsync(HttpContext context, TeamsEnvelope envelope, CancellationToken cancellationToken)
    {
        var isInvoke = envelope.Activity.Type == "invoke";
        try
        {
            var answer = await HandleAsync(context, envelope, cancellationToken);
            if (answer is not null && isInvoke)
                await WriteAsync(context, answer);
        }
        catch (StoreUnavailableException e)
        {
            log.LogError(e, "An activity of Teams was not taken");
            if (isInvoke)
                await WriteAsync(context, InvokeAnswer.Error(503, "NotNow", Words.English.CannotTakeThatNow));
            else
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception e)
        {
            log.LogError(e, "An activity of Teams ended in a fault");
            if (isInvoke && !context.Response.HasStarted)
                await WriteAsync(context, InvokeAnswer.Error(500, "Fault", Words.English.SomethingBroke));
            else if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
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

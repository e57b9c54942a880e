using ItOps.Bot.Commits;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Console.SignIn.OpenId;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Console.Frame;

/// <summary>
/// What every request to the console passes, before anything else: headers, where it comes from, who sent it, and that a form is one of ours.
/// </summary>
internal sealed class Gate(ConsoleOptions options, IAntiforgery antiforgery, ILogger<Gate> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Headers.Protect(http.Response);
        var maySignIn = options.OpenId is not null || (options.SandboxSignIn && Loopback.IsFrom(http));
        if (!maySignIn && http.GetEndpoint()?.Metadata.GetMetadata<ForEverybody>() is null)
            return Page.Excuse(http, Excuse.NoSignIn);

        try
        {
            if (ApiTokens.AreSent(http))
            {
                if (await ApiTokens.TicketAsync(http) is not { } caller)
                    return ApiTokens.Refuse(http);
                http.User = caller;
                return await next(context);
            }

            // A cookie of the picker is worth nothing from anywhere but this computer.
            var ticket = maySignIn ? await http.AuthenticateAsync(SignedIn.Scheme) : AuthenticateResult.NoResult();
            http.User = ticket.Succeeded ? ticket.Principal : new();
            return HttpMethods.IsPost(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http)
                ? Page.Excuse(http, Excuse.OutOfDate)
                : await next(context);
        }
        catch (StoreUnavailableException e)
        {
            log.LogError(e, "The console could not reach the store.");
            return Page.Excuse(http, Excuse.StoreUnavailable);
        }
        catch (ProviderUnavailableException e)
        {
            log.LogError(e, "A token could not be checked.");
            return Page.Excuse(http, Excuse.ProviderUnavailable);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return Page.Excuse(http, Excuse.TooMuch);
        }
        catch (Exception e) when (e is not OperationCanceledException && !http.Response.HasStarted)
        {
            log.LogError(e, "The console failed at {Path}.", http.Request.Path);
            return Page.Excuse(http, Excuse.Failed);
        }
    }
}

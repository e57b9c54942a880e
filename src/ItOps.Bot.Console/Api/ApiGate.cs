using ItOps.Bot.Commits;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Console.Api;

/// <summary>
/// What every call passes before anything else. Who calls is known as in the console, by its cookie, and so whatever changes something carries the anti-forgery token too. Every refusal is a
/// problem after RFC 9457.
/// </summary>
internal sealed class ApiGate(ConsoleOptions options, IAntiforgery antiforgery, ILogger<ApiGate> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Headers.Protect(http.Response);
        http.Response.Headers.CacheControl = "no-store";
        if (!options.SandboxSignIn || !Loopback.IsFrom(http))
            return ApiProblem.Of(StatusCodes.Status403Forbidden, "Sign-in is not configured", "The API has no way to tell who calls from here.");
        var ticket = await http.AuthenticateAsync(SignedIn.Scheme);
        http.User = ticket.Succeeded ? ticket.Principal : new();
        try
        {
            if (await http.RequestServices.GetRequiredService<SignedIn>().FindAsync(http) is not { } visitor)
                return ApiProblem.Of(StatusCodes.Status401Unauthorized, "Not signed in", "Sign in at /sign-in and send the console's cookie.");
            if (!HttpMethods.IsGet(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http))
                return ApiProblem.Of(StatusCodes.Status400BadRequest, "The anti-forgery token is missing or old", "Send the token of GET /api/v1/session in the header that it names.");
            http.Features.Set(visitor);
            return await next(context);
        }
        catch (StoreUnavailableException e)
        {
            log.LogError(e, "The API could not reach the store.");
            return ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, "That can't be stored or read right now", "Nothing was changed. Try again in a minute.");
        }
        catch (Exception e) when (e is not OperationCanceledException && !http.Response.HasStarted)
        {
            log.LogError(e, "The API failed at {Path}.", http.Request.Path);
            return ApiProblem.Of(StatusCodes.Status500InternalServerError, "Something went wrong on our side", "It has been written down.");
        }
    }
}

using ItOps.Bot.Commits;
using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Console.Frame;

/// <summary>What every request to the console passes, before anything else: headers, where it comes from, who sent it, and that a form is one of ours.</summary>
internal sealed class Gate(ConsoleOptions options, IAntiforgery antiforgery, ILogger<Gate> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Headers.Protect(http.Response);
        if (!options.SandboxSignIn || !Loopback.IsFrom(http))
        {
            return Calm(http, StatusCodes.Status403Forbidden, "Sign-in is not configured",
                "The console has no way to tell who you are from here. The bot itself works: write to it in Teams or Slack.");
        }

        var ticket = await http.AuthenticateAsync(SignedIn.Scheme);
        if (ticket.Succeeded)
            http.User = ticket.Principal;
        try
        {
            if (HttpMethods.IsPost(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http))
                return Calm(http, StatusCodes.Status400BadRequest, "This page is out of date", "You may have signed in again since it was opened. Open it anew and try once more.");
            return await next(context);
        }
        catch (StoreUnavailableException e)
        {
            log.LogError(e, "The console could not reach the store.");
            return Calm(http, StatusCodes.Status503ServiceUnavailable, "That can’t be stored right now", "Nothing was changed. Please try again in a minute.");
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return Calm(http, StatusCodes.Status413PayloadTooLarge, "That is too much at once", "Please send less.");
        }
        catch (Exception e) when (e is not OperationCanceledException && !http.Response.HasStarted)
        {
            log.LogError(e, "The console failed at {Path}.", http.Request.Path);
            return Calm(http, StatusCodes.Status500InternalServerError, "Something went wrong on our side", "It has been written down. Please try again.");
        }
    }

    private static IResult Calm(HttpContext http, int status, string title, string text) =>
        Page.Show<CalmPage>(http.RequestServices.GetRequiredService<Framing>().Alone(http), status, ("Title", title), ("Text", text));
}

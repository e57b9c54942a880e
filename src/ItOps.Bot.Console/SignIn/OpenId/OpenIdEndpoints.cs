using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Console.Frame;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>The way to the provider and back.</summary>
internal static class OpenIdEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (HttpContext http, string? to, Framing framing) =>
            Page.Show<WorkSignInPage>(framing.Alone(http), parameters: [("To", SignInEndpoints.Within(to))]));

        // By GET, because a form that is answered by an address elsewhere is stopped by the page's own policy (form-action).
        routes.MapGet("/sign-in/start", StartAsync);
        routes.MapGet(OpenIdOptions.CallbackPath, ComeBackAsync);
        routes.MapPost("/sign-out", (Delegate)SignInEndpoints.LeaveAsync);
    }

    private static async Task<IResult> StartAsync(HttpContext http, string? to, SignInFlow flow, PendingSignIns pendings, TimeProvider time, ILogger<SignInFlow> log)
    {
        try
        {
            var pending = PendingSignIn.Begin(SignInEndpoints.Within(to), time.GetUtcNow());
            var address = await flow.AddressAsync(pending, http.RequestAborted);
            pendings.Keep(http, pending);
            return TypedResults.Redirect(address);
        }
        catch (ProviderUnavailableException e)
        {
            log.LogError(e, "Nobody can sign in now");
            return Page.Excuse(http, Excuse.ProviderUnavailable);
        }
    }

    private static async Task<IResult> ComeBackAsync(
        HttpContext http, SignInFlow flow, PendingSignIns pendings, Committer committer, Framing framing, ILogger<SignInFlow> log)
    {
        var query = http.Request.Query;
        if (pendings.Take(http) is not { } pending || !pending.Fits(query["state"]))
            return Page.Excuse(http, Excuse.SignInOutOfDate);
        if (query["code"] is not [{ Length: > 0 } code])
            return Page.Excuse(http, query["error"] == "access_denied" ? Excuse.SignInDenied : Excuse.SignInOutOfDate);
        try
        {
            var person = await flow.PersonAsync(pending, code, query["iss"], http.RequestAborted);
            if (person.Failed)
            {
                log.LogWarning("A sign-in was refused: {Why}", person.Problem.Detail);
                await committer.CommitAsync(new Commit().Audit(AuditEntry.ByBot("console.refused", "console", null, ("why", person.Problem.Code.ToString()))), http.RequestAborted);
                return Page.Excuse(http, Excuse.NotKnown);
            }

            await committer.CommitAsync(new Commit().Audit(AuditEntry.By(person.Value, "console.signed-in", person.Value.Id.Value, null)), http.RequestAborted);
            await SignedIn.EnterAsync(http, person.Value.Id);

            // A page of our own that goes on by itself: the browser keeps a strict cookie back on a redirect that began elsewhere.
            http.Response.Headers["Refresh"] = $"0;url={pending.To}";
            return Page.Show<SignedInPage>(framing.Alone(http), parameters: [("To", pending.To)]);
        }
        catch (ProviderUnavailableException e)
        {
            log.LogError(e, "A sign-in could not be finished");
            return Page.Excuse(http, Excuse.ProviderUnavailable);
        }
    }
}

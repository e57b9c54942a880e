using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Console.Live;

/// <summary>
/// Server-sent events: each says only that the page should be fetched again, so nothing is shown that the page itself would not show.
/// </summary>
internal static class LiveEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/console/live", Open);

    private static ServerSentEventsResult<string> Open(HttpContext http, ChangeStream changes, IHostApplicationLifetime lifetime)
    {
        var own = ConsoleIdentity.ConversationOf(SignedInOnly.VisitorOf(http).UserName);
        // A stream has no end of its own: without this, stopping would wait for every open page.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(changes.ReadAsync(own, stop.Token), "changed");
    }
}

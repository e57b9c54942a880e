using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Secrets;

/// <summary>One-time links. Looking (which a chat's link preview does too) burns nothing; only the form does.</summary>
internal static class SecretEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/secrets/{token}", PeekAsync);
        routes.MapPost("/secrets/{token}", TakeAsync);
    }

    private static async Task<IResult> PeekAsync(HttpContext http, string token, SecretLinks links, Framing framing)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = framing.Alone(http) with { Visitor = visitor, Path = http.Request.Path };
        var found = await links.PeekAsync(token, visitor.Principal, http.RequestAborted);
        return found.Failed ? Gone(frame) : Page.Show<SecretPage>(frame, parameters: [("Secret", found.Value)]);
    }

    private static async Task<IResult> TakeAsync(HttpContext http, string token, SecretLinks links, Framing framing)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = framing.Alone(http) with { Visitor = visitor };
        var taken = await links.TakeAsync(token, visitor.Principal, http.RequestAborted);
        return taken.Failed
            ? Gone(frame)
            : Page.Show<SecretShownPage>(frame, parameters: [("Label", taken.Value.Label), ("Value", taken.Value.Value)]);
    }

    private static IResult Gone(PageFrame frame) => Page.Show<SecretGonePage>(frame, StatusCodes.Status404NotFound);
}

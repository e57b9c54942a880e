using ItOps.Bot.Approvals;
using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Requests;

/// <summary>What was asked for, and what became of it.</summary>
internal static class RequestsEndpoints
{
    private const int MostShown = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/requests", ListAsync);
        routes.MapGet("/requests/{id}", (HttpContext http, string id, RequestScreen screen) => screen.ShowAsync(http, id));
        routes.MapPost("/requests/{id}", (HttpContext http, string id, RequestScreen screen, DecisionForms decisions) =>
            decisions.HandleAsync(http, SignedInOnly.VisitorOf(http), answer => screen.ShowAsync(http, id, answer)));
    }

    private static async Task<IResult> ListAsync(HttpContext http, string? only, RequestDesk desk, Framing framing)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor);
        var all = await desk.ListAsync(visitor.Principal, MostShown, http.RequestAborted);
        return Page.Show<RequestsPage>(frame, parameters: [("All", all), ("OnlyOpen", only == "open")]);
    }
}

internal sealed class RequestScreen(RequestDesk desk, ApprovalQueue queue, Framing framing)
{
    public async Task<IResult> ShowAsync(HttpContext http, string id, Answer? answer = null)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor) with { Answer = answer };
        if (await desk.OpenAsync(visitor.Principal, id, http.RequestAborted) is not { } page)
            return Page.Excuse(http, Excuse.NoSuchRequest);

        var waiting = await queue.PendingForAsync(visitor.Principal, http.RequestAborted);
        return Page.Show<RequestDetailPage>(
            frame,
            parameters:
            [
                ("Request", page.Request),
                ("Card", page.Card),
                ("Timeline", page.Timeline),
                ("ToDecide", waiting.Where(i => i.Approval.RequestId == page.Request.Id).DistinctBy(i => i.Approval.Id).ToList()),
            ]);
    }
}

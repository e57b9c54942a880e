using ItOps.Bot.Approvals;
using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.HandOffs;
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

    private static async Task<IResult> ListAsync(HttpContext http, string? only, RequestDesk desk, HandOffQueue handOffs, Framing framing)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor);
        var all = await desk.ListAsync(visitor.Principal, MostShown, http.RequestAborted);
        var handedOver = await handOffs.OpenForAsync(visitor.Principal, http.RequestAborted);
        return Page.Show<RequestsPage>(frame, parameters: [("All", all), ("Only", only), ("HandedOver", handedOver)]);
    }
}

internal sealed class RequestScreen(RequestDesk desk, ApprovalQueue queue, HandOffQueue handOffs, Framing framing)
{
    public async Task<IResult> ShowAsync(HttpContext http, string id, Answer? answer = null)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor) with { Answer = answer };
        if (await desk.OpenAsync(visitor.Principal, id, http.RequestAborted) is not { } page)
            return Page.Excuse(http, Excuse.NoSuchRequest);

        var handOff = await handOffs.OfRequestAsync(page.Request.Id, http.RequestAborted);
        var waiting = await queue.PendingForAsync(visitor.Principal, http.RequestAborted);
        return Page.Show<RequestDetailPage>(
            frame,
            parameters:
            [
                ("Request", page.Request),
                ("Card", page.Card),
                ("Timeline", page.Timeline),
                ("HandOff", handOff),
                ("HandOffCard", handOff is null ? null : await handOffs.CardForAsync(visitor.Principal, handOff.Id, http.RequestAborted)),
                ("ToDecide", waiting.Where(i => i.Approval.RequestId == page.Request.Id).DistinctBy(i => i.Approval.Id).ToList()),
            ]);
    }
}

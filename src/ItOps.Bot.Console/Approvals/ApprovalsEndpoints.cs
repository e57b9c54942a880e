using ItOps.Bot.Approvals;
using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Approvals;

/// <summary>What waits for the visitor, beside what is over.</summary>
internal static class ApprovalsEndpoints
{
    private const string Path = "/approvals";
    private const int MostDecided = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, ApprovalQueue queue, Framing framing) => ShowAsync(http, queue, framing, answer: null));
        routes.MapPost(Path, (HttpContext http, ApprovalQueue queue, Framing framing, DecisionForms decisions) =>
            decisions.HandleAsync(http, SignedInOnly.VisitorOf(http), answer => ShowAsync(http, queue, framing, answer)));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, ApprovalQueue queue, Framing framing, Answer? answer)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor) with { Answer = answer };
        var waiting = await queue.CardsForAsync(visitor.Principal, http.RequestAborted);
        var decided = await queue.DecidedAsync(visitor.Principal, MostDecided, http.RequestAborted);
        return Page.Show<ApprovalsPage>(
            frame,
            parameters:
            [
                ("Waiting", waiting),
                ("Decided", decided.DistinctBy(i => i.Approval.Id).ToList()),
            ]);
    }
}

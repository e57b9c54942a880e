using ItOps.Bot.Approvals;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Insights;

/// <summary>How people decide, for those who have to see when an approval means too little.</summary>
internal static class InsightsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/insights", ShowAsync).AddEndpointFilter(new GuardsOnly("Insights"));

    private static async Task<IResult> ShowAsync(HttpContext http, ApproverInsights insights, ApprovalPolicy policy, Framing framing)
    {
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http));
        return Page.Show<InsightsPage>(
            frame, parameters: [("Report", await insights.ReportAsync(http.RequestAborted)), ("HastyBelow", policy.HastyBelow)]);
    }
}

using ItOps.Bot.Approvals;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Reports;

/// <summary>The link of a mailed notice. Opening it, as programs that read mail do, changes nothing; the button blocks the account.</summary>
internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/{approval}/{token}", ShowAsync);
        routes.MapPost("/reports/{approval}/{token}", PressAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string approval, string token, ReportLinks links, Framing framing)
    {
        var frame = framing.Alone(http) with { Path = http.Request.Path };
        return await links.FindAsync(approval, token, http.RequestAborted) is { } act
            ? Page.Show<ReportPage>(frame, parameters: [("Act", act)])
            : Page.Show<ReportEndPage>(frame, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PressAsync(HttpContext http, string approval, string token, ReportLinks links, Framing framing)
    {
        var decided = await links.PressAsync(approval, token, http.RequestAborted);
        return Page.Show<ReportEndPage>(
            framing.Alone(http),
            decided is { Kind: DecidedKind.Reported or DecidedKind.AlreadyDecided } ? StatusCodes.Status200OK : StatusCodes.Status404NotFound,
            ("Decided", decided is { Kind: DecidedKind.Reported or DecidedKind.AlreadyDecided } ? decided : null));
    }
}

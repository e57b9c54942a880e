using ItOps.Bot.Auditing;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Auditing;

/// <summary>The record of everything, for those whose work it is to read it.</summary>
internal static class AuditEndpoints
{
    public const int MostShown = 1_600;
    private const int FirstShown = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("").AddEndpointFilter(OnlyReadersAsync);
        audit.MapGet("/audit", (HttpContext http, string? q, string? request, int? take, IAuditLog log, Framing framing) =>
            ShowAsync(http, q, request, take, log, framing, verdict: null));
        audit.MapPost("/audit", async (HttpContext http, string? q, string? request, int? take, IAuditLog log, Framing framing) =>
            await ShowAsync(http, q, request, take, log, framing, await AuditChain.VerifyAsync(log, http.RequestAborted)));
        audit.MapGet("/console/audit/export.jsonl", (HttpContext http, IAuditLog log) =>
            Download(http, "application/jsonl", "jsonl", (to, stop) => AuditExport.WriteJsonLinesAsync(log, to, stop)));
        audit.MapGet("/console/audit/export.csv", (HttpContext http, IAuditLog log) =>
            Download(http, "text/csv", "csv", (to, stop) => AuditExport.WriteCsvAsync(log, to, stop)));
    }

    private static async ValueTask<object?> OnlyReadersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var visitor = SignedInOnly.VisitorOf(http);
        if (visitor.SeesEverybody)
            return await next(context);
        var frame = await http.RequestServices.GetRequiredService<Framing>().ForAsync(http, visitor);
        return Page.NotForYou(frame, "Audit", "The record is read by IT approvers, security and auditors.");
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string? q, string? request, int? take, IAuditLog log, Framing framing, AuditVerdict? verdict)
    {
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http));
        var filter = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        var limit = Math.Clamp(take ?? FirstShown, 1, MostShown);
        var records = request is null
            ? await log.SearchAsync(filter, limit, http.RequestAborted)
            : [.. (await log.ForRequestAsync(request, http.RequestAborted)).Reverse().Take(limit)];
        return Page.Show<AuditPage>(
            frame, parameters: [("Records", records), ("Filter", filter), ("RequestId", request), ("Take", limit), ("Verdict", verdict)]);
    }

    private static PushStreamHttpResult Download(HttpContext http, string contentType, string extension, Func<Stream, CancellationToken, Task> write)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"audit.{extension}\"";
        return TypedResults.Stream(to => write(to, http.RequestAborted), contentType);
    }
}

using ItOps.Bot.Commits;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Serving;

/// <summary>The probes: alive means that the process answers, ready that it can do its work.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Text("alive"));
        endpoints.MapGet("/healthz/ready", async (IStoreHealth store, RunbookCatalog runbooks, IEnumerable<ISelfCheck> parts, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        {
            var checks = new Dictionary<string, string>
            {
                ["started"] = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested ? "ok" : "not yet",
                ["store"] = (await store.CheckAsync(cancellationToken))?.Detail ?? "ok",
                ["runbooks"] = runbooks.All.Count > 0 ? "ok" : "none could be read; run 'runbooks lint'",
            };
            foreach (var part in parts)
                checks[part.Name] = part.Problem ?? "ok";
            var ready = checks.Values.All(v => v == "ok");
            foreach (var part in parts.Where(p => p is { Problem: null, Degraded: not null }))
                checks[part.Name] = $"degraded: {part.Degraded}";
            return Results.Json(new { status = ready ? "ready" : "not ready", checks }, statusCode: ready ? 200 : 503);
        });
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>The library: what the bot can do, from which words, and who changed it.</summary>
internal static class RunbooksEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var runbooks = routes.MapGroup("/runbooks").AddEndpointFilter<RunbookReadersOnly>();
        runbooks.MapGet("", (HttpContext http, LibraryScreen screen, string? q) => screen.ListAsync(http, q));
        runbooks.MapGet("/new", (HttpContext http, EditScreen screen) => screen.NewAsync(http));
        runbooks.MapPost("/new", (HttpContext http, EditScreen screen) => screen.SaveAsync(http, id: null));
        runbooks.MapPost("/check", (HttpContext http, EditScreen screen) => screen.CheckAsync(http));
        runbooks.MapGet("/{id}", (HttpContext http, LibraryScreen screen, string id) => screen.ShowAsync(http, id));
        runbooks.MapPost("/{id}", (HttpContext http, LibraryScreen screen, string id) => screen.SwitchAsync(http, id));
        runbooks.MapGet("/{id}/edit", (HttpContext http, EditScreen screen, string id, int? version) => screen.EditAsync(http, id, version));
        runbooks.MapPost("/{id}/edit", (HttpContext http, EditScreen screen, string id) => screen.SaveAsync(http, id));
        runbooks.MapGet("/{id}/versions", (HttpContext http, VersionScreen screen, string id) => screen.ListAsync(http, id));
        runbooks.MapGet("/{id}/versions/{number:int}", (HttpContext http, VersionScreen screen, string id, int number, int? against) => screen.ShowAsync(http, id, number, against));
        runbooks.MapPost("/{id}/versions/{number:int}", (HttpContext http, VersionScreen screen, string id, int number) => screen.DecideAsync(http, id, number));
    }
}

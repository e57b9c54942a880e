using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Requests;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Api;

/// <summary>What other programs manage the bot by, version 1. The document at <c>/openapi/v1.json</c> describes it.</summary>
internal static class ApiEndpoints
{
    private const int MostRequests = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").AddEndpointFilter<ApiGate>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/session", Session).WithTags("Session").WithSummary("Who is signed in, and the token that changes must carry").Produces<ApiSession>();
        MapReading(api.MapGroup("/runbooks").WithTags("Runbooks"));
        MapWriting(api.MapGroup("/runbooks").WithTags("Runbooks").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity));
        api.MapGet("/runbook-search", (HttpContext http, [FromServices] RunbooksApi runbooks, string? text) => runbooks.SearchAsync(http, text))
            .WithTags("Runbooks").WithSummary("Which runbook a message would get, and why").Produces<ApiFound>();
        api.MapPost("/runbook-check", (HttpContext http, [FromServices] RunbooksApi runbooks) => ApiBody.WithAsync<ApiDraft>(http, draft => runbooks.CheckAsync(http, draft)))
            .Accepts<ApiDraft>("application/json")
            .WithTags("Runbooks").WithSummary("What is wrong with a text, by line; nothing is kept").Produces<ApiCheck>();
        var requests = api.MapGroup("/requests").WithTags("Requests");
        requests.MapGet("", ListRequestsAsync).WithSummary("The newest requests that the caller may see").Produces<IReadOnlyList<ApiRequest>>();
        requests.MapGet("/{id}", GetRequestAsync).WithSummary("A request and its story").Produces<ApiRequestDetail>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void MapReading(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext http, [FromServices] RunbooksApi runbooks) => runbooks.ListAsync(http)).WithSummary("All runbooks").Produces<IReadOnlyList<ApiRunbook>>();
        api.MapGet("/{id}", (HttpContext http, [FromServices] RunbooksApi runbooks, string id) => runbooks.GetAsync(http, id))
            .WithSummary("A runbook, what is in force and its versions").Produces<ApiRunbookDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/{id}/versions/{number:int}", (HttpContext http, [FromServices] RunbooksApi runbooks, string id, int number) => runbooks.VersionAsync(http, id, number))
            .WithSummary("One version with its text and scripts").Produces<ApiVersion>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/{id}/versions/{number:int}/diff", (HttpContext http, [FromServices] RunbooksApi runbooks, string id, int number, int? against) => runbooks.DiffAsync(http, id, number, against))
            .WithSummary("What differs from another version, by default the one that it was begun on").Produces<ApiDiff>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void MapWriting(RouteGroupBuilder api)
    {
        api.MapPost("", (HttpContext http, [FromServices] RunbooksApi runbooks) => ApiBody.WithAsync<ApiDraft>(http, draft => runbooks.CreateAsync(http, draft)))
            .Accepts<ApiDraft>("application/json")
            .WithSummary("Begins a new runbook as a draft").Produces<ApiVersion>(StatusCodes.Status201Created);
        api.MapPost("/{id}/versions", (HttpContext http, [FromServices] RunbooksApi runbooks, string id) => ApiBody.WithAsync<ApiDraft>(http, draft => runbooks.BeginAsync(http, id, draft)))
            .Accepts<ApiDraft>("application/json")
            .WithSummary("Begins a draft of another version").Produces<ApiVersion>(StatusCodes.Status201Created);
        api.MapPut("/{id}/versions/{number:int}", (HttpContext http, [FromServices] RunbooksApi runbooks, string id, int number) => ApiBody.WithAsync<ApiDraft>(http, draft => runbooks.SaveAsync(http, id, number, draft)))
            .Accepts<ApiDraft>("application/json")
            .WithSummary("Writes a draft anew").Produces<ApiVersion>();
        api.MapPost("/{id}/versions/{number:int}/propose", (HttpContext http, [FromServices] RunbooksApi runbooks, string id, int number) => ApiBody.WithAsync<ApiDecision>(http, decision => runbooks.ProposeAsync(http, id, number, decision)))
            .Accepts<ApiDecision>("application/json")
            .WithSummary("Publishes a change of words; puts any other before a second author").Produces<ApiVersion>();
        api.MapPost("/{id}/versions/{number:int}/approve", (HttpContext http, [FromServices] RunbooksApi runbooks, string id, int number) => ApiBody.WithAsync<ApiDecision>(http, decision => runbooks.ApproveAsync(http, id, number, decision)))
            .Accepts<ApiDecision>("application/json")
            .WithSummary("Agrees, as a second author, and publishes").Produces<ApiVersion>();
        api.MapPost("/{id}/versions/{number:int}/reject", (HttpContext http, [FromServices] RunbooksApi runbooks, string id, int number) => ApiBody.WithAsync<ApiDecision>(http, decision => runbooks.RejectAsync(http, id, number, decision)))
            .Accepts<ApiDecision>("application/json")
            .WithSummary("Rejects or withdraws").Produces<ApiVersion>();
        api.MapPost("/{id}/rollback", (HttpContext http, [FromServices] RunbooksApi runbooks, string id) => ApiBody.WithAsync<ApiRollBack>(http, back => runbooks.RollBackAsync(http, id, back)))
            .Accepts<ApiRollBack>("application/json")
            .WithSummary("Proposes what an earlier version said").Produces<ApiVersion>();
        api.MapPost("/{id}/enable", (HttpContext http, [FromServices] RunbooksApi runbooks, string id) => runbooks.EnableAsync(http, id, enabled: true))
            .WithSummary("Puts it back into what is found").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/{id}/disable", (HttpContext http, [FromServices] RunbooksApi runbooks, string id) => runbooks.EnableAsync(http, id, enabled: false))
            .WithSummary("Takes it out of what is found; what began with it goes on").Produces(StatusCodes.Status204NoContent);
    }

    private static Ok<ApiSession> Session(HttpContext http, [FromServices] IAntiforgery antiforgery)
    {
        var (visitor, tokens) = (SignedInOnly.VisitorOf(http), antiforgery.GetAndStoreTokens(http));
        return TypedResults.Ok(new ApiSession(
            visitor.Principal.Id.Value, visitor.Principal.Person.DisplayName, visitor.ReadsRunbooks, visitor.WritesRunbooks, tokens.HeaderName ?? "", tokens.RequestToken ?? ""));
    }

    private static async Task<IResult> ListRequestsAsync(HttpContext http, [FromServices] RequestDesk desk) =>
        TypedResults.Ok((await desk.ListAsync(SignedInOnly.VisitorOf(http).Principal, MostRequests, http.RequestAborted)).Select(ApiRequest.Of).ToList());

    private static async Task<IResult> GetRequestAsync(HttpContext http, [FromServices] RequestDesk desk, string id) =>
        await desk.OpenAsync(SignedInOnly.VisitorOf(http).Principal, id, http.RequestAborted) is { } page
            ? TypedResults.Ok(new ApiRequestDetail(ApiRequest.Of(page.Request), [.. page.Timeline.Select(e => new ApiEvent(e.At, e.Who, e.Text, e.State.ToString()))]))
            : ApiProblem.NotFound();
}

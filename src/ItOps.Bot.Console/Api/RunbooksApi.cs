using ItOps.Bot.Console.Runbooks;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Api;

/// <summary>The library for programs: the same rules as in the console, for the same people.</summary>
internal sealed class RunbooksApi(RunbookLibrary library, RunbookDrafts drafts, RunbookDecisions decisions, RunbookChecks checks, RunbookCatalog catalog, RunbookSearch search)
{
    private const string Readers = "Runbooks are read by their authors, IT approvers, security and auditors.";

    public async Task<IResult> ListAsync(HttpContext http) =>
        Refused(http) ?? TypedResults.Ok((await library.ListAsync(http.RequestAborted)).Select(ApiRunbook.Of).ToList());

    public Task<IResult> GetAsync(HttpContext http, string id) => WithAsync(http, id, page => TypedResults.Ok(new ApiRunbookDetail(
        id, page.Entry.Enabled, page.Entry.Published, page.Entry.FileVersion, page.Entry.FileGone, page.InForce is { } version ? ApiVersion.WithText(version) : null, [.. page.Versions.Select(ApiVersion.Of)])));

    public Task<IResult> VersionAsync(HttpContext http, string id, int number) => WithAsync(http, id, page =>
        page.Versions.FirstOrDefault(v => v.Number == number) is { } version ? TypedResults.Ok(ApiVersion.WithText(version)) : ApiProblem.NotFound());

    public Task<IResult> DiffAsync(HttpContext http, string id, int number, int? against) => WithAsync(http, id, page =>
    {
        var after = page.Versions.FirstOrDefault(v => v.Number == number);
        if (after is null || page.Versions.FirstOrDefault(v => v.Number == (against ?? after.Base)) is not { } before)
            return ApiProblem.NotFound();
        var names = before.Content.Scripts.Keys.Union(after.Content.Scripts.Keys).Order(StringComparer.Ordinal);
        return TypedResults.Ok(new ApiDiff(id, before.Number, after.Number, ApiDiffLine.Of(before.Content.Text, after.Content.Text), names.ToDictionary(
            n => n, n => ApiDiffLine.Of(before.Content.Scripts.GetValueOrDefault(n) ?? "", after.Content.Scripts.GetValueOrDefault(n) ?? ""))));
    });

    public async Task<IResult> SearchAsync(HttpContext http, string? text)
    {
        if (Refused(http) is { } refused)
            return refused;
        return RunbookSearch.Cut(text) is { } wanted
            ? TypedResults.Ok(ApiFound.Of(await search.FindAsync(wanted, http.RequestAborted)))
            : ApiProblem.Of(StatusCodes.Status400BadRequest, "Nothing to search for", "Give the message as the parameter 'text'.");
    }

    public Task<IResult> CheckAsync(HttpContext http, ApiDraft draft) => Task.FromResult(Refused(http) ?? Check(draft));

    public async Task<IResult> CreateAsync(HttpContext http, ApiDraft draft)
    {
        if (await library.OpenAsync(draft.Id, http.RequestAborted) is not null)
            return ApiProblem.Of(LibraryAnswer.Refused(LibraryRefusal.Taken));
        return Answer(await drafts.SaveAsync(Caller(http), draft.ToDraft(null), http.RequestAborted), created: true);
    }

    public async Task<IResult> BeginAsync(HttpContext http, string id, ApiDraft draft)
    {
        if (await library.OpenAsync(id, http.RequestAborted) is null)
            return ApiProblem.Of(LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook));
        return Answer(await drafts.SaveAsync(Caller(http), (draft with { Id = id }).ToDraft(null), http.RequestAborted), created: true);
    }

    public async Task<IResult> SaveAsync(HttpContext http, string id, int number, ApiDraft draft) =>
        Answer(await drafts.SaveAsync(Caller(http), (draft with { Id = id }).ToDraft(number), http.RequestAborted));

    public async Task<IResult> ProposeAsync(HttpContext http, string id, int number, ApiDecision decision) =>
        Answer(await decisions.ProposeAsync(Caller(http), id, number, decision.Revision, http.RequestAborted));

    public async Task<IResult> ApproveAsync(HttpContext http, string id, int number, ApiDecision decision) =>
        Answer(await decisions.ApproveAsync(Caller(http), id, number, decision.Revision, decision.Note, http.RequestAborted));

    public async Task<IResult> RejectAsync(HttpContext http, string id, int number, ApiDecision decision) =>
        Answer(await decisions.RejectAsync(Caller(http), id, number, decision.Revision, decision.Note, http.RequestAborted));

    public async Task<IResult> RollBackAsync(HttpContext http, string id, ApiRollBack back) =>
        Answer(await decisions.RollBackAsync(Caller(http), id, back.To, back.Why, VersionOrigin.Api, http.RequestAborted));

    public async Task<IResult> EnableAsync(HttpContext http, string id, bool enabled) =>
        Answer(await decisions.EnableAsync(Caller(http), id, enabled, http.RequestAborted));

    private static Turns.Principal Caller(HttpContext http) => SignedInOnly.VisitorOf(http).Principal;

    private static IResult? Refused(HttpContext http) => SignedInOnly.VisitorOf(http).ReadsRunbooks ? null : ApiProblem.Forbidden(Readers);

    private static IResult Answer(LibraryAnswer answer, bool created = false) => answer switch
    {
        { Refusal: not null } => ApiProblem.Of(answer),
        { Version: { } version } when created => TypedResults.Created($"/api/v1/runbooks/{version.RunbookId}/versions/{version.Number}", ApiVersion.WithText(version)),
        { Version: { } version } => TypedResults.Ok(ApiVersion.WithText(version)),
        _ => TypedResults.NoContent(),
    };

    private IResult Check(ApiDraft draft)
    {
        var content = draft.ToDraft(null).Content.WithVersion(1);
        if (!RunbookChecks.IsFile(content))
            return ApiProblem.Of(LibraryAnswer.Refused(LibraryRefusal.NotAFile));
        var check = checks.Check(draft.Id, content);
        return TypedResults.Ok(new ApiCheck(
            check.Problems.Count == 0,
            [.. check.Problems.Select(ApiLine.Of)],
            check.Source is null ? [] : RunbookMeaning.Differences(catalog.Shelf.Edition(draft.Id), check.Source, content)));
    }

    private async Task<IResult> WithAsync(HttpContext http, string id, Func<LibraryPage, IResult> show) =>
        Refused(http) ?? (await library.OpenAsync(id, http.RequestAborted) is { } page ? show(page) : ApiProblem.NotFound());
}

using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ItOps.Bot.Console.Runbooks;

internal sealed class EditScreen(
    RunbookLibrary library, RunbookDrafts drafts, RunbookDecisions decisions, RunbookChecks checks, RunbookCatalog catalog, OperationCatalog operations, Framing framing)
{
    public Task<IResult> NewAsync(HttpContext http) => ShowAsync(http, new EditForm("", "", RunbookTemplate.Text, [], "", null, null), isNew: true, refused: null);

    public async Task<IResult> EditAsync(HttpContext http, string id, int? version)
    {
        if (await library.OpenAsync(id, http.RequestAborted) is not { } page)
            return Page.Excuse(http, Excuse.NoSuchRunbook);
        var visitor = SignedInOnly.VisitorOf(http);
        var from = version is { } number
            ? page.Versions.FirstOrDefault(v => v.Number == number)
            : page.Versions.FirstOrDefault(v => v.Status == VersionStatus.Draft && v.Authors.Contains(visitor.Principal.Id)) ?? page.InForce ?? (page.Versions.Count > 0 ? page.Versions[0] : null);
        if (from is null)
            return Page.Excuse(http, Excuse.NoSuchRunbook);
        return await ShowAsync(http, EditForm.Of(from, goesOn: from is { IsOpen: true, Origin: not VersionOrigin.File }), isNew: false, refused: null);
    }

    public async Task<IResult> SaveAsync(HttpContext http, string? id)
    {
        var author = SignedInOnly.VisitorOf(http).Principal;
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = EditForm.Read(fields, id);
        if (id is null && await library.OpenAsync(form.Id, http.RequestAborted) is not null)
            return await ShowAsync(http, form, isNew: true, LibraryRefusal.Taken);
        var saved = await drafts.SaveAsync(author, form.Draft, http.RequestAborted);
        if (saved.Version is not { } version)
            return await ShowAsync(http, form, isNew: id is null, saved.Refusal);
        if (fields["action"] != "propose")
            return Page.See(http, Address(version) + "/edit?done=saved&version=" + Number(version));

        var proposed = await decisions.ProposeAsync(author, version.RunbookId, version.Number, version.Revision, http.RequestAborted);
        return proposed.Refusal is { } refusal
            ? await ShowAsync(http, EditForm.Of(version, goesOn: true), isNew: false, refusal)
            : Page.See(http, Address(version) + $"/versions/{Number(version)}?done={LibraryWords.After(proposed.Version)}");
    }

    /// <summary>What is wrong with the text that is being written, for the page's script to show beside it.</summary>
    public async Task<IResult> CheckAsync(HttpContext http)
    {
        var form = EditForm.Read(await http.Request.ReadFormAsync(http.RequestAborted), id: null);
        return new RazorComponentResult<DraftReport>(new Dictionary<string, object?> { ["Check"] = Check(form), ["Operations"] = operations }) { PreventStreamingRendering = true };
    }

    private async Task<IResult> ShowAsync(HttpContext http, EditForm form, bool isNew, LibraryRefusal? refused)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor) with { Answer = refused is { } refusal ? LibraryWords.Refused(refusal) : LibraryWords.Done(http.Request.Query["done"]) };
        if (!visitor.WritesRunbooks)
            return Page.NotForYou(frame, "Runbooks", LibraryWords.Of(LibraryRefusal.NotAnAuthor));
        return Page.Show<EditPage>(
            frame,
            refused is { } why ? LibraryWords.StatusOf(why) : StatusCodes.Status200OK,
            ("Form", form), ("IsNew", isNew), ("Check", Check(form)), ("Operations", operations));
    }

    private DraftCheck Check(EditForm form)
    {
        var content = form.Draft.Content.WithVersion(form.Number ?? 1);
        if (!RunbookChecks.IsFile(content))
            return new(new(null, [new(content.Path, 1, LibraryWords.Of(LibraryRefusal.NotAFile))]), []);
        var check = checks.Check(form.Id, content);
        return new(check, check.Source is null ? [] : RunbookMeaning.Differences(catalog.Shelf.Edition(form.Id), check.Source, content));
    }

    private static string Address(RunbookVersion version) => "/runbooks/" + Uri.EscapeDataString(version.RunbookId);

    private static string Number(RunbookVersion version) => version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A check, and what differs in more than words from what is in force.</summary>
public sealed record DraftCheck(RunbookCheck Check, IReadOnlyList<string> Differs);

using System.Globalization;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Runbooks;

internal sealed class VersionScreen(RunbookLibrary library, RunbookDecisions decisions, RunbookChecks checks, OperationCatalog operations, Framing framing)
{
    public async Task<IResult> ListAsync(HttpContext http, string id)
    {
        if (await library.OpenAsync(id, http.RequestAborted) is not { } page)
            return Page.Excuse(http, Excuse.NoSuchRunbook);
        return Page.Show<VersionsPage>(await framing.ForAsync(http, SignedInOnly.VisitorOf(http)), parameters: [("Library", page)]);
    }

    public async Task<IResult> ShowAsync(HttpContext http, string id, int number, int? against, Answer? refused = null, int status = StatusCodes.Status200OK)
    {
        if (await library.OpenAsync(id, http.RequestAborted) is not { } page || page.Versions.FirstOrDefault(v => v.Number == number) is not { } version)
            return Page.Excuse(http, Excuse.NoSuchRunbook);
        var before = against ?? (version.IsOpen ? page.Entry.Published : version.Base);
        var check = checks.Check(id, version.Content);
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http)) with { Answer = refused ?? LibraryWords.Done(http.Request.Query["done"]) };
        return Page.Show<VersionPage>(
            frame,
            status,
            ("Library", page), ("Version", version), ("Before", page.Versions.FirstOrDefault(v => v.Number == before && v.Number != number)),
            ("Check", new DraftCheck(version.IsOpen ? check : check with { Problems = [] }, [])), ("Operations", operations));
    }

    public async Task<IResult> DecideAsync(HttpContext http, string id, int number)
    {
        var person = SignedInOnly.VisitorOf(http).Principal;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var note = form["note"].ToString();
        var revision = int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var answer = form["action"].ToString() switch
        {
            "propose" => await decisions.ProposeAsync(person, id, number, revision, http.RequestAborted),
            "approve" => await decisions.ApproveAsync(person, id, number, revision, note, http.RequestAborted),
            "reject" => await decisions.RejectAsync(person, id, number, revision, note, http.RequestAborted),
            "roll-back" => await decisions.RollBackAsync(person, id, number, note, VersionOrigin.Console, http.RequestAborted),
            _ => LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook),
        };
        return answer.Refusal is { } refusal
            ? await ShowAsync(http, id, number, against: null, LibraryWords.Refused(refusal), LibraryWords.StatusOf(refusal))
            : Page.See(http, $"/runbooks/{Uri.EscapeDataString(id)}/versions/{(answer.Version?.Number ?? number).ToString(CultureInfo.InvariantCulture)}?done={LibraryWords.After(answer.Version)}");
    }
}

using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Runbooks;

internal sealed class LibraryScreen(RunbookLibrary library, RunbookDecisions decisions, RunbookSearch search, Framing framing)
{
    public async Task<IResult> ListAsync(HttpContext http, string? q)
    {
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http));
        var text = RunbookSearch.Cut(q);
        return Page.Show<RunbooksPage>(
            frame,
            parameters:
            [
                ("Lines", await library.ListAsync(http.RequestAborted)),
                ("Search", text),
                ("Found", text is null ? null : await search.FindAsync(text, http.RequestAborted)),
            ]);
    }

    public async Task<IResult> ShowAsync(HttpContext http, string id, Answer? refused = null, int status = StatusCodes.Status200OK)
    {
        if (await library.OpenAsync(id, http.RequestAborted) is not { } page)
            return Page.Excuse(http, Excuse.NoSuchRunbook);
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http)) with { Answer = refused ?? LibraryWords.Done(http.Request.Query["done"]) };
        return Page.Show<RunbookPage>(frame, status, ("Library", page));
    }

    public async Task<IResult> SwitchAsync(HttpContext http, string id)
    {
        var enabled = (await http.Request.ReadFormAsync(http.RequestAborted))["action"] == "enable";
        var answer = await decisions.EnableAsync(SignedInOnly.VisitorOf(http).Principal, id, enabled, http.RequestAborted);
        return answer.Refusal is { } refusal
            ? await ShowAsync(http, id, LibraryWords.Refused(refusal), LibraryWords.StatusOf(refusal))
            : Page.See(http, $"/runbooks/{Uri.EscapeDataString(id)}?done={(enabled ? "enabled" : "disabled")}");
    }
}

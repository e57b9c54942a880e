using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Runbooks;

internal sealed class TransferScreen(RunbookTransfer transfer, Framing framing)
{
    /// <summary>A zip of 8 MB, which is what an import takes, and what a form puts around it.</summary>
    public const int LargestBytes = 9 * 1024 * 1024;

    private const string Zip = "application/zip";

    public Task<IResult> ShowAsync(HttpContext http) => ShowAsync(http, null, null);

    public async Task<IResult> ImportAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return await ShowAsync(http, null, null);
        await using var content = file.OpenReadStream();
        var answer = await transfer.ImportAsync(
            SignedInOnly.VisitorOf(http).Principal,
            Path.GetFileName(file.FileName),
            content,
            form["category"].ToString().Trim() is { Length: > 0 } category ? category : null,
            dryRun: form["action"] == "check",
            http.RequestAborted);
        return await ShowAsync(http, answer, form["action"]);
    }

    public IResult Export(string? id) => transfer.Export(id) is { } zip
        ? TypedResults.File(zip, Zip, $"{(id is null ? "runbooks" : "runbook")}.zip")
        : TypedResults.NotFound();

    private async Task<IResult> ShowAsync(HttpContext http, ImportAnswer? answer, string? action)
    {
        var frame = await framing.ForAsync(http, SignedInOnly.VisitorOf(http));
        if (frame.Visitor is not { WritesRunbooks: true })
            return Page.NotForYou(frame, "Runbooks", LibraryWords.Of(LibraryRefusal.NotAnAuthor));
        if (answer?.Refusal is { } refusal)
            frame = frame with { Answer = new(Replies.CardState.Failed, "Nothing was imported.", LibraryWords.Of(refusal)) };
        return Page.Show<ImportPage>(
            frame, answer?.Refusal is { } why ? LibraryWords.StatusOf(why) : StatusCodes.Status200OK, ("Imported", answer), ("OnlyChecked", action == "check"));
    }
}

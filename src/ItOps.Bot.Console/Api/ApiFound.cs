using ItOps.Bot.Console.Runbooks;
using ItOps.Bot.Knowledge;

namespace ItOps.Bot.Console.Api;

/// <summary>Which runbook a message gets, and why; without reasons where what ranks them gives none.</summary>
internal sealed record ApiFound(string Text, string Verdict, string Mode, IReadOnlyList<string> Unwanted, ApiExample? Elsewhere, IReadOnlyList<ApiHit> Runbooks)
{
    public static ApiFound Of(SearchResult found) => new(
        found.Text, found.Found.Verdict.ToString(), found.Found.Mode, found.Why?.Unwanted ?? [], ApiExample.Of(found.Why?.Elsewhere),
        [.. found.Found.Ranked.Select(r => ApiHit.Of(r, found))]);
}

internal sealed record ApiHit(
    string Id, string Title, double Score, string? ReadPart, IReadOnlyList<ApiWord> Words, IReadOnlyList<string> WordsAgainst, ApiExample? Nearest, ApiExample? Against)
{
    public static ApiHit Of(RetrievedRunbook hit, SearchResult found)
    {
        var why = found.Why?.Runbooks.FirstOrDefault(r => r.RunbookId == hit.RunbookId);
        return new(
            hit.RunbookId, found.TitleOf(hit.RunbookId), hit.Score, why?.ReadPart, [.. (why?.Matched ?? []).Select(w => new ApiWord(w.Said, w.Meaning, w.By.ToString(), w.Weight))], why?.Foreign ?? [],
            ApiExample.Of(why?.Nearest), ApiExample.Of(why?.Against));
    }
}

internal sealed record ApiWord(string Said, string Meaning, string By, double Weight);

internal sealed record ApiExample(string Text, double Likeness)
{
    public static ApiExample? Of(NearExample? example) => example is null ? null : new(example.Text, example.Likeness);
}

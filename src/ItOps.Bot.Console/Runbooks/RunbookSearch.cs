using ItOps.Bot.Knowledge;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>What a message would find.</summary>
public sealed record SearchResult(string Text, Retrieval Found, IReadOnlyDictionary<string, string> Titles, RetrievalExplanation? Why)
{
    public string Verdict => Found.Verdict switch
    {
        RetrievalVerdict.Match => "This message gets the first one.",
        RetrievalVerdict.NearTie => "These are about as likely: the bot asks which is meant.",
        RetrievalVerdict.Vague => "Something does not work, and the message does not say what: the bot offers the likeliest.",
        _ => "Nothing here is sure enough: the bot says what it can do.",
    };

    public string TitleOf(string id) => Titles.GetValueOrDefault(id, id);
}

/// <summary>Answers "which runbook would this message get, and why" with what answers people.</summary>
internal sealed class RunbookSearch(IRetriever retriever, RunbookCatalog catalog, IEnumerable<IRetrievalExplainer> explainers)
{
    private const int LongestText = 500;

    public static string? Cut(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { Length: > LongestText } longer ? longer[..LongestText] : text.Trim();

    public async Task<SearchResult> FindAsync(string text, CancellationToken cancellationToken) => new(
        text,
        await retriever.RetrieveAsync(text, cancellationToken),
        catalog.All.ToDictionary(r => r.Id, r => r.Title, StringComparer.Ordinal),
        explainers.FirstOrDefault()?.Explain(text));
}

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>What the vectors would answer by themselves, to compare with: the runbook of the nearest text, or nothing when that is not near enough. No person is answered by it.</summary>
internal sealed class VectorsAlone(ChromaIndex index, double threshold) : IRetriever
{
    private const int MostRanked = 5;

    public async Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken)
    {
        var ranked = (await index.FindAsync(text, cancellationToken)).GroupBy(h => h.RunbookId).Select(g => new RetrievedRunbook(g.Key, Math.Max(0, g.Max(h => h.Likeness))))
            .OrderByDescending(r => r.Score).Take(MostRanked).ToList();
        return new(ranked.Count == 0 || ranked[0].Score < threshold ? RetrievalVerdict.Nothing : RetrievalVerdict.Match, ranked, "chroma alone");
    }
}

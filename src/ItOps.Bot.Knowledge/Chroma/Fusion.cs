namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>One text of a runbook and how like it the question is, up to 1.</summary>
internal sealed record VectorHit(string RunbookId, double Likeness);

/// <summary>
/// Brings the embedded ranking and that of the vectors together: a runbook's share is multiplied by how much nearer its nearest text is than the farthest that came
/// back. Whether anything is meant at all, and whether to ask, is for the embedded ranking to say; where the two disagree about the first, the person is asked.
/// </summary>
internal static class Fusion
{
    // Tried on the shipped runbooks' own utterances, each looked up in a library that lacks it, and on no labelled message: docs/decisions/0023-chroma.md.
    private const double Weight = 3;

    /// <summary>The share of a runbook that the embedded ranking did not name.</summary>
    private const double Stranger = 0.01;

    private const int MostRanked = 5;

    public static Retrieval Fuse(Retrieval embedded, IReadOnlyList<VectorHit> hits)
    {
        if (embedded.Verdict is RetrievalVerdict.Nothing or RetrievalVerdict.Vague || embedded.Ranked.Count == 0 || hits.Count == 0)
            return embedded;

        var likeness = hits.GroupBy(h => h.RunbookId).ToDictionary(g => g.Key, g => g.Max(h => h.Likeness), StringComparer.Ordinal);
        var least = hits.Min(h => h.Likeness);
        var scale = Math.Max(1 - least, 0.05);
        var scores = embedded.Ranked.ToDictionary(r => r.RunbookId, r => r.Score, StringComparer.Ordinal);
        var shared = scores.Values.Sum();
        foreach (var id in likeness.Keys)
            scores.TryAdd(id, 0);
        var weighed = scores.Select(s => (Id: s.Key, Value: Math.Max(s.Value, Stranger) * Math.Exp(Weight * (likeness.GetValueOrDefault(s.Key, least) - least) / scale))).ToList();
        var all = weighed.Sum(w => w.Value);
        var ranked = weighed.OrderByDescending(w => w.Value).ThenBy(w => w.Id, StringComparer.Ordinal).Take(MostRanked)
            .Select(w => new RetrievedRunbook(w.Id, Math.Round(w.Value / all * shared, 4))).ToList();
        var agreed = ranked[0].RunbookId == embedded.Ranked[0].RunbookId;
        return embedded with { Verdict = agreed ? embedded.Verdict : RetrievalVerdict.NearTie, Ranked = ranked };
    }
}

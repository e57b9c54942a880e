using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Knowledge.Embedded.Ranking;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded;

/// <summary>
/// Finds runbooks in process, without a model and without a network, from what the runbook files themselves say. Deterministic and safe to share.
/// </summary>
public sealed class EmbeddedRetriever : IRetriever
{
    private const string Mode = "embedded";
    private const int MostRanked = 5;
    private const int LikeliestWhenVague = 3;

    /// <summary>At least this much must speak for a runbook.</summary>
    private const float Sure = 0.5f;

    /// <summary>The second is about as likely as the first when it has this share of its score.</summary>
    private const float NearlyAsGood = 0.93f;

    /// <summary>What is left of a runbook that the person expressly does not want.</summary>
    private const float Unwanted = 0.3f;

    private volatile RunbookIndex _index;
    private volatile string[] _byBreadth;

    /// <summary>Learns anew whenever other runbooks come into force.</summary>
    public EmbeddedRetriever(RunbookCatalog catalog)
    {
        (_index, _byBreadth) = Learn(catalog.All);
        catalog.Exchanged.Subscribe(shelf => (_index, _byBreadth) = Learn(shelf.All));
    }

    public Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken) => Task.FromResult(Retrieve(text));

    private static (RunbookIndex Index, string[] ByBreadth) Learn(IReadOnlyCollection<Runbook> runbooks) => (
        new([.. runbooks.Where(r => r.IsFound)]),
        [.. runbooks.Where(r => r.IsFound).OrderByDescending(r => r.Utterances.Count).ThenBy(r => r.Id, StringComparer.Ordinal).Take(LikeliestWhenVague).Select(r => r.Id)]);

    internal Retrieval Retrieve(string text)
    {
        var (meant, excluded) = Negation.Split(Tokenizer.Tokens(text));
        var terms = _index.Terms(meant);
        var ranked = Rank(terms, excluded);

        if (RunbookIndex.SaysOnlyThatSomethingIsWrong(terms))
            return new Retrieval(RetrievalVerdict.Vague, Likeliest(ranked), Mode);

        if (ranked.Count > 0 && ranked[0].Score >= Sure)
        {
            var tie = ranked.Count > 1 && ranked[1].Score >= Math.Max(Sure, ranked[0].Score * NearlyAsGood);
            return new Retrieval(tie ? RetrievalVerdict.NearTie : RetrievalVerdict.Match, Best(ranked), Mode);
        }

        return new Retrieval(RetrievalVerdict.Nothing, Best(ranked), Mode);
    }

    private List<(string Id, float Score)> Rank(List<Term> terms, List<Token> excluded)
    {
        var ranked = _index.Rank(terms);
        if (excluded.Count == 0)
            return ranked;

        var unwanted = _index.Rank(_index.Terms(excluded));
        if (unwanted.Count == 0)
            return ranked;

        return [.. ranked.Select(r => r.Id == unwanted[0].Id ? r with { Score = r.Score * Unwanted } : r)
            .OrderByDescending(r => r.Score).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    private static List<RetrievedRunbook> Best(List<(string Id, float Score)> ranked) =>
        [.. ranked.Take(MostRanked).Select(r => new RetrievedRunbook(r.Id, Math.Round(r.Score, 4)))];

    /// <summary>Nothing in the words says which, so those that answer the most ways of asking come after what little was found.</summary>
    private List<RetrievedRunbook> Likeliest(List<(string Id, float Score)> ranked) =>
        [.. Best(ranked).Concat(_byBreadth.Select(id => new RetrievedRunbook(id, 0))).DistinctBy(r => r.RunbookId).Take(LikeliestWhenVague)];
}

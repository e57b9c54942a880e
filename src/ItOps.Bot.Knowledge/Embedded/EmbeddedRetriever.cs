using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Knowledge.Embedded.Ranking;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded;

/// <summary>
/// Finds runbooks in process, without a model and without a network, from what the runbook files themselves say. Deterministic and safe to share. The index
/// is built for the first text and follows the catalogue: it is built again when <see cref="RunbookCatalog.All"/> is another collection than before; meanwhile
/// others get the previous one.
/// </summary>
public sealed class EmbeddedRetriever(RunbookCatalog catalog) : IRetriever, IRetrievalExplainer
{
    private const string Mode = "embedded";
    private const int MostRanked = 5;
    private const int LikeliestWhenVague = 3;

    private sealed record Built(IReadOnlyCollection<Runbook> From, RunbookIndex Index, string[] ByBreadth);

    private readonly Lock _building = new();
    private volatile Built? _built;

    public Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken) => Task.FromResult(Retrieve(text));

    public RetrievalExplanation Explain(string text)
    {
        var found = Find(text);
        var verdict = Decide(found).Verdict;
        var elsewhere = found.Built.Index.Elsewhere(found.Terms);
        return new RetrievalExplanation(
            verdict,
            [.. found.Excluded.Select(t => t.Said)],
            elsewhere.Text is null ? null : new NearExample(elsewhere.Text, Math.Round(elsewhere.Likeness, 4)),
            [.. found.Ranked.Take(MostRanked).Select(j => Explain(found, j))]);
    }

    internal Retrieval Retrieve(string text) => Decide(Find(text));

    private sealed record Found(Built Built, string Text, List<Term> Terms, List<Token> Excluded, List<Judgement> Ranked);

    private Found Find(string text)
    {
        var built = Current();
        var (meant, excluded) = Negation.Split(Tokenizer.Tokens(Boilerplate.Without(text)));
        var terms = built.Index.Lexicon.Terms(meant);
        return new Found(built, text, terms, excluded, built.Index.Rank(terms, built.Index.Lexicon.Terms(excluded)));
    }

    private static Retrieval Decide(Found found)
    {
        var ranked = found.Ranked;
        if (RunbookIndex.SaysOnlyThatSomethingIsWrong(found.Terms))
            return new Retrieval(RetrievalVerdict.Vague, Likeliest(found), Mode);
        if (ranked.Sum(j => j.Score) < Calibration.Sure)
            return new Retrieval(RetrievalVerdict.Nothing, Best(ranked), Mode);
        var tie = ranked.Count > 1 && (ranked[0].Odds - ranked[1].Odds <= Calibration.NearlyAsGood
            || ranked[0].Score < Calibration.TooFewToBegin
            || (ranked[1].Score >= Calibration.WorthAsking && OneWordTells(found.Terms)));
        return new Retrieval(tie ? RetrievalVerdict.NearTie : RetrievalVerdict.Match, Best(ranked), Mode);
    }

    private static bool OneWordTells(List<Term> terms) => terms.Where(t => t.Id >= 0 && t.Class != WordClass.Stop).Select(t => t.Id).Distinct().Count() == 1;

    private static RunbookExplanation Explain(Found found, Judgement judged)
    {
        var part = judged.Part < 0 ? found.Terms : TextPart.Clauses(found.Terms)[judged.Part];
        var (matched, foreign) = found.Built.Index.Words(judged.Runbook, part);
        var runbook = judged.Runbook.Runbook;
        return new RunbookExplanation(
            runbook.Id, Math.Round(judged.Score, 4), judged.Part < 0 ? found.Text : string.Join(' ', part.Select(t => t.Reading.Said)), matched, foreign,
            judged.Example < 0 ? null : new NearExample(RunbookWords.ExampleTexts(runbook).ElementAt(judged.Example), Math.Round(judged.Evidence.Nearest, 4)),
            judged.CounterExample < 0 ? null : new NearExample(runbook.NotFor[judged.CounterExample], Math.Round(judged.CounterLikeness, 4)));
    }

    private static List<RetrievedRunbook> Best(List<Judgement> ranked) =>
        [.. ranked.Take(MostRanked).Select(j => new RetrievedRunbook(j.Runbook.Id, Math.Round(j.Score, 4)))];

    /// <summary>Nothing in the words says which, so those that answer the most ways of asking come after what little was found.</summary>
    private static List<RetrievedRunbook> Likeliest(Found found) =>
        [.. Best(found.Ranked).Concat(found.Built.ByBreadth.Select(id => new RetrievedRunbook(id, 0))).DistinctBy(r => r.RunbookId).Take(LikeliestWhenVague)];

    private Built Current()
    {
        var built = _built;
        if (built is not null && ReferenceEquals(built.From, catalog.All))
            return built;
        if (built is null)
            _building.Enter();
        else if (!_building.TryEnter())
            return built;
        try
        {
            var all = catalog.All;
            return _built is { } current && ReferenceEquals(current.From, all) ? current : _built = Build(all, _built?.Index);
        }
        finally
        {
            _building.Exit();
        }
    }

    private static Built Build(IReadOnlyCollection<Runbook> all, RunbookIndex? previous) => new(
        all, RunbookIndex.Of(all, previous),
        [.. all.Where(r => r.IsFound).OrderByDescending(r => r.Utterances.Count).ThenBy(r => r.Id, StringComparer.Ordinal).Take(LikeliestWhenVague).Select(r => r.Id)]);
}

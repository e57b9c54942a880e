using System.Buffers;
using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// All runbooks, ranked for a text. A pure function of the runbooks; never changed once built, so that it can be replaced while others read it. A word leads
/// to the runbooks that know it; only the best of those are read closely.
/// </summary>
internal sealed class RunbookIndex
{
    public static readonly RunbookIndex Empty = new([], new WordNumbers(), new ExampleSet([]), Calibration.Fitted);

    private const int ReadClosely = 24;

    private readonly RunbookWords[] _runbooks;
    private readonly WordNumbers _numbers;
    private readonly int[][] _byDoor;
    private readonly Judge _judge;

    private RunbookIndex(RunbookWords[] runbooks, WordNumbers numbers, ExampleSet elsewhere, Calibration calibration)
    {
        (_runbooks, _numbers) = (runbooks, numbers);
        var count = numbers.Count;
        _byDoor = Doors(runbooks, count);
        var (mostTypical, allTypical) = (new float[count], new float[count]);
        foreach (var runbook in runbooks)
        {
            for (var i = 0; i < runbook.Vocabulary.Length; i++)
            {
                var word = runbook.Vocabulary[i];
                mostTypical[word] = Math.Max(mostTypical[word], runbook.Rates[i]);
                allTypical[word] += runbook.Rates[i];
            }
        }

        Lexicon = new Lexicon(numbers, mostTypical, allTypical, runbooks.Length);
        _judge = new Judge(Lexicon, mostTypical, elsewhere, calibration);
    }

    public Lexicon Lexicon { get; }

    /// <param name="previous">What was read of runbooks that are still the same is taken from here.</param>
    public static RunbookIndex Of(IEnumerable<Runbook> runbooks, RunbookIndex? previous = null, Calibration? calibration = null)
    {
        var numbers = previous is null || previous == Empty ? new WordNumbers() : previous._numbers;
        var known = previous?._runbooks.ToDictionary<RunbookWords, Runbook>(r => r.Runbook, ReferenceEqualityComparer.Instance);
        var words = runbooks.Where(r => r.IsFound).OrderBy(r => r.Id, StringComparer.Ordinal)
            .Select(r => known is not null && known.TryGetValue(r, out var same) ? same : new RunbookWords(r, numbers)).ToArray();
        return words.Length == 0 ? Empty : new RunbookIndex(words, numbers, Judge.ReadElsewhere(numbers), calibration ?? Calibration.Fitted);
    }

    /// <summary>Whether the words alone say that something in IT is wrong, and nothing about what.</summary>
    public static bool SaysOnlyThatSomethingIsWrong(IReadOnlyList<Term> terms) =>
        terms.All(t => t.Class is WordClass.Trouble or WordClass.Generic or WordClass.Intent)
        && (terms.Any(t => t.Class == WordClass.Trouble) || (terms.Any(t => t.Class == WordClass.Generic) && terms.All(t => t.Class != WordClass.Intent)));

    /// <summary>Runbooks for which something speaks, best first; equal scores in the order of their ids.</summary>
    /// <param name="excluded">What is expressly not wanted; the runbook that it asks for is taken back.</param>
    public List<Judgement> Rank(IReadOnlyList<Term> terms, IReadOnlyList<Term> excluded)
    {
        var ranked = Judged(terms);
        if (ranked.Count > 0 && excluded.Count > 0 && Judged(excluded) is [var unwanted, ..])
        {
            var at = ranked.FindIndex(j => j.Runbook == unwanted.Runbook);
            if (at >= 0)
                ranked[at] = ranked[at] with { Odds = ranked[at].Odds - Calibration.Unwanted };
            ranked.Sort(InOrder);
        }

        var all = 1 + ranked.Sum(j => Math.Exp(j.Odds));
        return ranked.ConvertAll(j => j with { Score = Math.Exp(j.Odds) / all });
    }

    private List<Judgement> Judged(IReadOnlyList<Term> terms)
    {
        var ranked = new List<Judgement>();
        if (terms.Count == 0)
            return ranked;

        var said = ArrayPool<float>.Shared.Rent(Math.Max(1, Lexicon.Count));
        Array.Clear(said);
        var parts = TextPart.Of(terms, part => _judge.Elsewhere(part, said).Likeness);
        foreach (var runbook in Candidates(terms))
        {
            var best = _judge.Score(runbook, parts[0], said);
            for (var i = 1; i < parts.Count; i++)
            {
                var judged = _judge.Score(runbook, parts[i], said);
                if (judged.Odds > best.Odds)
                    best = judged;
            }

            if (!double.IsNegativeInfinity(best.Odds))
                ranked.Add(best);
        }

        ArrayPool<float>.Shared.Return(said);
        ranked.Sort(InOrder);
        return ranked;
    }

    private static int InOrder(Judgement a, Judgement b) => a.Odds == b.Odds ? string.CompareOrdinal(a.Runbook.Id, b.Runbook.Id) : b.Odds.CompareTo(a.Odds);

    /// <summary>The nearest example of a topic that no runbook is about.</summary>
    public (string? Text, float Likeness) Elsewhere(IReadOnlyList<Term> terms)
    {
        var said = new float[Math.Max(1, Lexicon.Count)];
        return _judge.Elsewhere(terms, said);
    }

    /// <summary>The words of a text that spoke for a runbook and those that spoke against it.</summary>
    public (List<MatchedWord> Matched, List<string> Foreign) Words(RunbookWords runbook, IReadOnlyList<Term> terms) => _judge.Words(runbook, terms);

    private IEnumerable<RunbookWords> Candidates(IReadOnlyList<Term> terms)
    {
        if (_runbooks.Length <= ReadClosely)
            return _runbooks;

        var sums = ArrayPool<float>.Shared.Rent(_runbooks.Length);
        Array.Clear(sums);
        foreach (var term in terms)
        {
            Add(sums, term.Id, term.Weight);
            Add(sums, term.Kind, term.Weight * Calibration.KindWorth);
            Add(sums, term.WiderKind, term.Weight * Calibration.KindWorth);
        }

        var best = new PriorityQueue<int, (float Sum, int Index)>(ReadClosely + 1);
        for (var i = 0; i < _runbooks.Length; i++)
        {
            if (sums[i] <= 0 || (best.Count == ReadClosely && best.TryPeek(out _, out var least) && sums[i] <= least.Sum))
                continue;
            best.Enqueue(i, (sums[i], -i));
            if (best.Count > ReadClosely)
                best.Dequeue();
        }

        ArrayPool<float>.Shared.Return(sums);
        return best.UnorderedItems.Select(item => _runbooks[item.Element]);
    }

    private void Add(float[] sums, int word, float weight)
    {
        if (word < 0)
            return;
        foreach (var runbook in _byDoor[word])
            sums[runbook] += weight;
    }

    private static int[][] Doors(RunbookWords[] runbooks, int words)
    {
        var counts = new int[words];
        foreach (var word in runbooks.SelectMany(r => r.Doors))
            counts[word]++;
        var doors = counts.Select(c => c == 0 ? [] : new int[c]).ToArray();
        Array.Clear(counts);
        for (var i = 0; i < runbooks.Length; i++)
        {
            foreach (var word in runbooks[i].Doors)
                doors[word][counts[word]++] = i;
        }

        return doors;
    }
}

using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>The utterances of one runbook, by the words they contain.</summary>
internal sealed class ExampleSet
{
    private readonly Dictionary<int, List<(int Example, float Weight)>> _byWord = [];
    private readonly float[] _totals;
    private readonly HashSet<int> _shared;

    /// <param name="shared">When there are any, an example counts only when a word outside of these is in it and in the text.</param>
    public ExampleSet(IReadOnlyList<List<Term>> examples, HashSet<int> shared)
    {
        _shared = shared;
        _totals = new float[examples.Count];
        for (var i = 0; i < examples.Count; i++)
        {
            foreach (var term in examples[i])
            {
                _totals[i] += term.Weight;
                if (!_byWord.TryGetValue(term.Id, out var list))
                    _byWord[term.Id] = list = [];
                list.Add((i, term.Weight));
            }
        }
    }

    /// <summary>
    /// The likeness of the most similar example, from 0 to 1: the geometric mean of how much of the text the example has, and how much of the
    /// example the text has.
    /// </summary>
    public float Best(List<Term> meanings, float total)
    {
        if (_totals.Length == 0 || total <= 0)
            return 0;

        var ofText = new float[_totals.Length];
        var ofExample = new float[_totals.Length];
        var hasOwnWord = new bool[_totals.Length];
        foreach (var term in meanings)
        {
            if (term.Id < 0 || !_byWord.TryGetValue(term.Id, out var places))
                continue;
            foreach (var (example, weight) in places)
            {
                ofText[example] += term.Weight;
                ofExample[example] += weight;
                hasOwnWord[example] |= IsOwn(term);
            }
        }

        var best = 0f;
        for (var i = 0; i < _totals.Length; i++)
        {
            if (ofText[i] > 0 && (hasOwnWord[i] || _shared.Count == 0))
                best = Math.Max(best, MathF.Sqrt(ofText[i] / total * (ofExample[i] / _totals[i])));
        }

        return best;
    }

    private bool IsOwn(Term term) => !_shared.Contains(term.Id) && term.Class != WordClass.Stop;
}

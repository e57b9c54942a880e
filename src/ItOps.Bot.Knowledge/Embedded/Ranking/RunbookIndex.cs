using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>All runbooks, ranked for a text. Built once and never changed. A word leads to the runbooks that know it; only the best of those are read closely.</summary>
internal sealed class RunbookIndex
{
    private const int ReadClosely = 16;
    private const float PartWorth = 0.93f;
    private const float AsideWorth = 0.75f;

    private readonly Lexicon _lexicon;
    private readonly RunbookProfile[] _profiles;
    private readonly int[][] _runbooksByWord;

    public RunbookIndex(IEnumerable<Runbook> runbooks)
    {
        var all = runbooks.OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var words = all.ConvertAll(r => Words([.. r.Utterances, r.Title, .. r.Synonyms.SelectMany(s => s)]));
        _lexicon = new Lexicon(words, [.. all.SelectMany(r => Words(r.NotFor)), .. Words(SystemNames.All)]);
        _profiles = [.. all.Select(r => new RunbookProfile(r, _lexicon))];
        _runbooksByWord = Places(words);
    }

    /// <summary>Whether the words alone say that something in IT is wrong, and nothing about what.</summary>
    public static bool SaysOnlyThatSomethingIsWrong(IReadOnlyList<Term> terms) =>
        terms.Any(t => t.Class is WordClass.Trouble or WordClass.Generic)
        && terms.All(t => t.Class is WordClass.Trouble or WordClass.Stop or WordClass.Generic);

    public List<Term> Terms(IReadOnlyList<Token> tokens) => _lexicon.Terms(tokens);

    /// <summary>Runbooks with a score above 0, best first; equal scores in the order of their ids.</summary>
    public List<(string Id, float Score)> Rank(IReadOnlyList<Term> terms)
    {
        var parts = Parts(terms);
        var ranked = new List<(string Id, float Score)>();
        foreach (var index in Candidates(terms))
        {
            var profile = _profiles[index];
            var score = profile.Score(terms);
            foreach (var part in parts)
                score = Math.Max(score, (part[0].Aside ? AsideWorth : PartWorth) * profile.Score(part));
            if (score > 0)
                ranked.Add((profile.Id, score));
        }

        ranked.Sort((a, b) => a.Score == b.Score ? string.CompareOrdinal(a.Id, b.Id) : b.Score.CompareTo(a.Score));
        return ranked;
    }

    /// <summary>The clauses of a longer text: what is wanted often stands in one of them, and the rest is the story around it.</summary>
    private static List<List<Term>> Parts(IReadOnlyList<Term> terms)
    {
        var parts = terms.GroupBy(t => t.Clause).Select(g => g.ToList()).ToList();
        return parts.Count < 2 ? [] : parts.FindAll(p => !SaysOnlyThatSomethingIsWrong(p));
    }

    private IEnumerable<int> Candidates(IReadOnlyList<Term> terms)
    {
        if (_profiles.Length <= ReadClosely)
            return Enumerable.Range(0, _profiles.Length);

        var sums = new float[_profiles.Length];
        foreach (var term in terms.Where(t => t.Id >= 0 && t.Class != WordClass.Stop))
        {
            foreach (var index in _runbooksByWord[term.Id])
                sums[index] += term.Weight;
        }

        return Enumerable.Range(0, sums.Length).Where(i => sums[i] > 0).OrderByDescending(i => sums[i]).ThenBy(i => i).Take(ReadClosely);
    }

    private static HashSet<string> Words(IEnumerable<string> texts) =>
        [.. texts.SelectMany(t => Forms(Tokenizer.Tokens(t)))];

    private static IEnumerable<string> Forms(List<Token> tokens) =>
        tokens.Select((t, i) => WordForms.Of(t, i + 1 < tokens.Count ? tokens[i + 1] : null));

    private int[][] Places(List<HashSet<string>> words)
    {
        var places = Enumerable.Range(0, _lexicon.Count).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var word in words[i])
                places[_lexicon.IdOf(word)].Add(i);
        }

        return [.. places.Select(p => p.ToArray())];
    }
}

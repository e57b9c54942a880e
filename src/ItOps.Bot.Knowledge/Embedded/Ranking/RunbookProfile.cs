using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// What one runbook is found by. Its synonyms hold within it alone: "access" may mean "licence" for one runbook and not for another.
/// </summary>
internal sealed class RunbookProfile
{
    private const float AnswerWorth = 0.1f;

    private readonly Dictionary<int, int> _meaning = [];
    private readonly Dictionary<int, List<(int[] Words, int Meaning)>> _phrases = [];
    private readonly ExampleSet _examples;
    private readonly ExampleSet _counterExamples;
    private readonly HashSet<int> _vocabulary = [];
    private readonly HashSet<int> _answers = [];

    public RunbookProfile(Runbook runbook, Lexicon lexicon)
    {
        Id = runbook.Id;
        foreach (var group in runbook.Synonyms)
            AddSynonyms(group.Select(s => lexicon.Terms(Tokenizer.Tokens(s)).Select(t => t.Id).ToArray()).Where(w => w.Length > 0).ToList());

        var examples = runbook.Utterances.Append(runbook.Title).Select(u => Meanings(lexicon.Terms(Tokenizer.Tokens(u)))).ToList();
        _vocabulary.UnionWith(examples.SelectMany(e => e).Where(t => t.Class != WordClass.Stop).Select(t => t.Id));
        _vocabulary.UnionWith(_meaning.Values);
        if (runbook.Parameters.Any(p => p.Slot == "system"))
            _answers.UnionWith(lexicon.IdsOf(SystemNames.All.SelectMany(Tokenizer.Tokens).Select(t => t.Stem)));
        _examples = new ExampleSet(examples, []);

        // A counter-example speaks only when a word is said that this runbook does not have itself: "jira" alone is not "jira is down".
        _counterExamples = new ExampleSet([.. runbook.NotFor.Select(u => Meanings(lexicon.Terms(Tokenizer.Tokens(u))))], _vocabulary);
    }

    public string Id { get; }

    /// <summary>A word that answers one of the runbook's own questions is no sign that something else is meant.</summary>
    private float WeightHere(Term term) => _answers.Contains(term.Id) && !_vocabulary.Contains(term.Id) ? AnswerWorth : term.Weight;

    /// <summary>How likely the terms ask for this runbook, from 0 to 1.</summary>
    public float Score(IReadOnlyList<Term> terms)
    {
        var meanings = Meanings(terms);
        float all = 0, covered = 0, foreign = 0;
        foreach (var term in meanings)
        {
            all += WeightHere(term);
            if (_vocabulary.Contains(term.Id))
                covered += term.Weight;
            else if (term.Class == WordClass.Thing && !_answers.Contains(term.Id))
                foreign += term.Weight;
        }

        if (covered <= 0)
            return 0;

        var best = _examples.Best(meanings, all);
        var against = _counterExamples.Best(meanings, all);
        var score = (0.6f * best) + (0.4f * (covered / all));
        score *= 1 / (1 + (0.5f * foreign));
        return against >= best && against > 0.5f ? score * 0.45f : score;
    }

    private void AddSynonyms(List<int[]> group)
    {
        if (group.Count == 0)
            return;

        // The number of the group's first single word stands for all of it.
        var meaning = (group.Find(w => w.Length == 1) ?? group[0])[0];
        foreach (var words in group)
        {
            if (words.Length == 1)
            {
                _meaning.TryAdd(words[0], meaning);
                continue;
            }

            if (!_phrases.TryGetValue(words[0], out var list))
                _phrases[words[0]] = list = [];
            list.Add((words, meaning));
            list.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
        }
    }

    /// <summary>The terms with this runbook's synonyms brought together; each meaning once, with the weight of its weightiest word.</summary>
    private List<Term> Meanings(IReadOnlyList<Term> terms)
    {
        var meanings = new List<Term>(terms.Count);
        for (var i = 0; i < terms.Count; i++)
        {
            var term = terms[i];
            if (term.Id >= 0 && PhraseAt(terms, i) is { } phrase)
            {
                term = term with { Id = phrase.Meaning, Weight = Enumerable.Range(i, phrase.Words.Length).Max(at => terms[at].Weight), Class = WordClass.Unknown };
                i += phrase.Words.Length - 1;
            }
            else if (_meaning.TryGetValue(term.Id, out var meaning))
            {
                term = term with { Id = meaning };
            }

            Merge(meanings, term);
        }

        return meanings;
    }

    private (int[] Words, int Meaning)? PhraseAt(IReadOnlyList<Term> terms, int start)
    {
        if (!_phrases.TryGetValue(terms[start].Id, out var phrases))
            return null;

        foreach (var phrase in phrases)
        {
            if (start + phrase.Words.Length <= terms.Count && phrase.Words.Select((id, offset) => terms[start + offset].Id == id).All(same => same))
                return phrase;
        }

        return null;
    }

    private static void Merge(List<Term> meanings, Term term)
    {
        var same = term.Id < 0 ? -1 : meanings.FindIndex(m => m.Id == term.Id);
        if (same < 0)
            meanings.Add(term);
        else if (meanings[same].Weight < term.Weight)
            meanings[same] = term;
    }
}

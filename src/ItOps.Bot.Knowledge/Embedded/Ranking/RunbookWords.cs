using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// What one runbook is found by, read once: independent of every other runbook, so that it is kept while the library around it changes. Its synonyms
/// hold within it alone: "access" may mean "licence" for one runbook and not for another.
/// </summary>
internal sealed class RunbookWords
{
    private readonly Dictionary<int, int>? _meaning;
    private readonly List<(int[] Words, int Meaning)> _phrases = [];
    private readonly int[] _vocabulary;
    private readonly float[] _rates;

    public RunbookWords(Runbook runbook, WordNumbers numbers)
    {
        Runbook = runbook;
        var groups = runbook.Synonyms.Select(g => g.Select(s => Numbers(s, numbers)).Where(w => w.Length > 0).ToList()).Where(g => g.Count > 0).ToList();
        _meaning = groups.Count == 0 ? null : [];
        foreach (var group in groups)
            AddSynonyms(group);

        Examples = new ExampleSet([.. ExampleTexts(runbook).Select(t => Meanings(Numbers(t, numbers)))]);
        CounterExamples = new ExampleSet([.. runbook.NotFor.Select(t => Meanings(Numbers(t, numbers)))]);
        (_vocabulary, _rates) = Spread();
        Doors = [.. _vocabulary.Concat(_meaning?.Keys ?? Enumerable.Empty<int>()).Concat(_phrases.Select(p => p.Words[0])).Distinct()];
        AsksForSystem = runbook.Parameters.Any(p => p.Slot == "system");
        AsksForSoftware = runbook.Parameters.Any(p => p.Slot == "software");
    }

    public Runbook Runbook { get; }

    public string Id => Runbook.Id;

    public ExampleSet Examples { get; }

    public ExampleSet CounterExamples { get; }

    /// <summary>Words of a text by which this runbook comes into question.</summary>
    public int[] Doors { get; }

    /// <summary>Systems' names answer a question of this runbook, and do not say that something else is meant.</summary>
    public bool AsksForSystem { get; }

    public bool AsksForSoftware { get; }

    /// <summary>Words of its examples and synonyms, ascending.</summary>
    public ReadOnlySpan<int> Vocabulary => _vocabulary;

    /// <summary>For each of <see cref="Vocabulary"/>, the share of the examples that have it.</summary>
    public ReadOnlySpan<float> Rates => _rates;

    public static IEnumerable<string> ExampleTexts(Runbook runbook) => runbook.Utterances.Append(runbook.Title);

    public bool Has(int word) => Array.BinarySearch(_vocabulary, word) >= 0;

    public float RateOf(int word)
    {
        var at = Array.BinarySearch(_vocabulary, word);
        return at < 0 ? 0 : _rates[at];
    }

    public int Meaning(int word) => _meaning is not null && _meaning.TryGetValue(word, out var meaning) ? meaning : word;

    /// <summary>The phrase of this runbook that begins at a place of a text; none when none does.</summary>
    public (int Length, int Meaning)? PhraseAt(ReadOnlySpan<int> words)
    {
        foreach (var (phrase, meaning) in _phrases)
        {
            if (words.StartsWith(phrase))
                return (phrase.Length, meaning);
        }

        return null;
    }

    public static int[] Numbers(string text, WordNumbers numbers) => [.. Language.Vocabulary.Default.Read(Tokenizer.Tokens(text)).Select(numbers.Of)];

    private void AddSynonyms(List<int[]> group)
    {
        // The number of the group's first single word stands for all of it.
        var meaning = (group.Find(w => w.Length == 1) ?? group[0])[0];
        foreach (var words in group)
        {
            if (words.Length == 1)
                _meaning!.TryAdd(words[0], meaning);
            else
                _phrases.Add((words, meaning));
        }

        _phrases.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
    }

    /// <summary>The words with this runbook's synonyms brought together, each once.</summary>
    private List<int> Meanings(int[] words)
    {
        var meanings = new List<int>(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            var phrase = PhraseAt(words.AsSpan(i));
            var meaning = phrase?.Meaning ?? Meaning(words[i]);
            if (!meanings.Contains(meaning))
                meanings.Add(meaning);
            i += (phrase?.Length ?? 1) - 1;
        }

        return meanings;
    }

    private (int[] Vocabulary, float[] Rates) Spread()
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var word in Examples.Words)
            counts[word] = counts.GetValueOrDefault(word) + 1;
        foreach (var meaning in _meaning?.Values ?? Enumerable.Empty<int>())
            counts.TryAdd(meaning, 1);
        return ([.. counts.Keys], [.. counts.Values.Select(c => (float)c / Examples.Count)]);
    }
}

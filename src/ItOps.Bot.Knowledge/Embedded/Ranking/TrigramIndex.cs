using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>Finds a known word that shares most of its letter triples with an unknown one: other endings, other compounds.</summary>
internal sealed class TrigramIndex
{
    /// <summary>The words that are known whatever runbooks there are.</summary>
    public static readonly TrigramIndex OfVocabulary = new(Vocabulary.Default.Words);

    private const float LeastLikeness = 0.6f;
    private const int ShortestWord = 6;

    private readonly Dictionary<string, List<string>> _byTrigram = new(StringComparer.Ordinal);

    public TrigramIndex(IEnumerable<string> words)
    {
        foreach (var word in words.Where(w => w.Length >= ShortestWord).Order(StringComparer.Ordinal))
        {
            foreach (var trigram in Trigrams(word))
            {
                if (!_byTrigram.TryGetValue(trigram, out var list))
                    _byTrigram[trigram] = list = [];
                list.Add(word);
            }
        }
    }

    public (string Word, float Likeness)? Nearest(string word)
    {
        if (word.Length < ShortestWord)
            return null;

        var own = Trigrams(word);
        var shared = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var candidate in own.SelectMany(t => _byTrigram.GetValueOrDefault(t) ?? []))
            shared[candidate] = shared.GetValueOrDefault(candidate) + 1;

        (string Word, float Likeness)? best = null;
        foreach (var (candidate, count) in shared)
        {
            // Dice's coefficient.
            var likeness = 2f * count / (own.Count + Trigrams(candidate).Count);
            if (likeness >= LeastLikeness
                && (best is null || likeness > best.Value.Likeness
                    || (likeness == best.Value.Likeness && string.CompareOrdinal(candidate, best.Value.Word) < 0)))
            {
                best = (candidate, likeness);
            }
        }

        return best;
    }

    private static HashSet<string> Trigrams(string word)
    {
        var padded = $"^{word}$";
        return [.. Enumerable.Range(0, padded.Length - 2).Select(i => padded.Substring(i, 3))];
    }
}

using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// Finds the known word that a misspelled one stands for, by the deletions that both have in common, so that a look-up costs the length of the
/// word and not the size of the vocabulary. Distance: Damerau-Levenshtein (optimal string alignment), one edit in short words, two in long ones.
/// </summary>
internal sealed class SpellingIndex
{
    /// <summary>The words that are known whatever runbooks there are.</summary>
    public static readonly SpellingIndex OfVocabulary = new(
        Vocabulary.Default.Words.Where(w => WordClasses.OfListed(Stemmer.Stem(w)) != WordClass.Stop).Concat(WordClasses.ListedAs(WordClass.Thing)));

    private const int ShortestWord = 4;
    private const int LongWord = 7;
    private const int LongestWord = 24;

    private readonly string[] _words;

    // Hashes of deletions, ascending, and the word that each is of: a tenth of what a dictionary of strings takes.
    private readonly uint[] _hashes;
    private readonly int[] _wordOf;

    public SpellingIndex(IEnumerable<string> words)
    {
        _words = [.. words.Where(w => w.Length is >= ShortestWord and <= LongestWord && w.All(char.IsAsciiLetter)).Distinct().Order(StringComparer.Ordinal)];
        var entries = new List<(uint Hash, int Word)>();
        for (var i = 0; i < _words.Length; i++)
            entries.AddRange(Deletions(_words[i], Edits(_words[i].Length)).Select(hash => (hash, i)));
        entries.Sort();
        _hashes = [.. entries.Select(e => e.Hash)];
        _wordOf = [.. entries.Select(e => e.Word)];
    }

    /// <summary>The nearest known word; none when there is none within bounds. Equal distances are settled by the alphabet.</summary>
    public string? Nearest(string word)
    {
        if (word.Length is < ShortestWord or > LongestWord || !word.All(char.IsAsciiLetter))
            return null;

        string? best = null;
        var bestDistance = Edits(word.Length) + 1;
        foreach (var hash in Deletions(word, Edits(word.Length)))
        {
            for (var at = First(hash); at < _hashes.Length && _hashes[at] == hash; at++)
            {
                var candidate = _words[_wordOf[at]];

                // The first letter is hardly ever the wrong one, and insisting on it keeps "clock" from becoming "lock".
                if (candidate[0] != word[0] && !Swapped(candidate, word))
                    continue;

                var distance = Distance(word, candidate);
                if (distance <= Edits(Math.Min(word.Length, candidate.Length))
                    && (distance < bestDistance || (distance == bestDistance && string.CompareOrdinal(candidate, best) < 0)))
                {
                    (best, bestDistance) = (candidate, distance);
                }
            }
        }

        return best;
    }

    private int First(uint hash)
    {
        var at = Array.BinarySearch(_hashes, hash);
        if (at < 0)
            return _hashes.Length;
        while (at > 0 && _hashes[at - 1] == hash)
            at--;
        return at;
    }

    private static int Edits(int length) => length >= LongWord ? 2 : 1;

    private static bool Swapped(string a, string b) => a[0] == b[1] && a[1] == b[0];

    /// <summary>Hashes of the word and of what is left when one letter, or two, are taken out.</summary>
    private static HashSet<uint> Deletions(string word, int edits)
    {
        var hashes = new HashSet<uint> { Hash(word, -1, -1) };
        for (var i = 0; i < word.Length; i++)
        {
            hashes.Add(Hash(word, i, -1));
            for (var j = i + 1; edits > 1 && j < word.Length; j++)
                hashes.Add(Hash(word, i, j));
        }

        return hashes;
    }

    /// <summary>FNV-1a, without two letters: the same in every process.</summary>
    private static uint Hash(string word, int without, int alsoWithout)
    {
        var hash = 2166136261;
        for (var i = 0; i < word.Length; i++)
        {
            if (i != without && i != alsoWithout)
                hash = unchecked((hash ^ word[i]) * 16777619);
        }

        return hash;
    }

    internal static int Distance(string a, string b)
    {
        var width = b.Length + 1;
        Span<int> cells = stackalloc int[3 * 64];
        if (width > 64)
            return int.MaxValue;

        Span<int> before = cells[..width], above = cells.Slice(64, width), row = cells.Slice(128, width);
        for (var j = 0; j < width; j++)
            above[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j < width; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, above[j] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            var spare = before;
            before = above;
            above = row;
            row = spare;
        }

        return above[width - 1];
    }
}

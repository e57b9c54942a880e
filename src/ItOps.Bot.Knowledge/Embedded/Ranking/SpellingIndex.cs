namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// Finds the known word that a misspelled one stands for, by the deletions that both have in common, so that a look-up costs the length of the
/// word and not the size of the vocabulary. Distance: Damerau-Levenshtein (optimal string alignment), one edit in short words, two in long ones.
/// </summary>
internal sealed class SpellingIndex
{
    private const int ShortestWord = 4;
    private const int LongWord = 7;

    private readonly Dictionary<string, List<string>> _byDeletion = new(StringComparer.Ordinal);

    public SpellingIndex(IEnumerable<string> words)
    {
        foreach (var word in words.Where(w => w.Length >= ShortestWord && w.All(char.IsAsciiLetter)))
        {
            foreach (var deletion in Deletions(word, Edits(word.Length)))
            {
                if (!_byDeletion.TryGetValue(deletion, out var list))
                    _byDeletion[deletion] = list = [];
                list.Add(word);
            }
        }
    }

    /// <summary>The nearest known word; none when there is none within bounds. Equal distances are settled by the alphabet.</summary>
    public string? Nearest(string word)
    {
        if (word.Length is < ShortestWord or > 24 || !word.All(char.IsAsciiLetter))
            return null;

        string? best = null;
        var bestDistance = Edits(word.Length) + 1;
        foreach (var deletion in Deletions(word, Edits(word.Length)))
        {
            foreach (var candidate in _byDeletion.GetValueOrDefault(deletion) ?? [])
            {
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

    private static int Edits(int length) => length >= LongWord ? 2 : 1;

    private static bool Swapped(string a, string b) => a[0] == b[1] && a[1] == b[0];

    private static HashSet<string> Deletions(string word, int edits)
    {
        var all = new HashSet<string>(StringComparer.Ordinal) { word };
        var last = new List<string> { word };
        for (var round = 0; round < edits; round++)
        {
            var shorter = last.SelectMany(w => Enumerable.Range(0, w.Length).Select(i => w.Remove(i, 1))).Where(all.Add).ToList();
            last = shorter;
        }

        return all;
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

namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>Families of error codes and what they are about. Patterns: "?" is one character, "#" one digit, "*" the rest.</summary>
internal sealed class ErrorCodes
{
    private readonly List<(string Pattern, string[] Meanings)> _patterns = [];
    private readonly Dictionary<string, string[]> _numbers = new(StringComparer.Ordinal);

    public void Add(string pattern, string[] meanings) => _patterns.Add((pattern, meanings));

    /// <summary>A number that is a code only beside a word that says so.</summary>
    public void AddNumber(string number, string[] meanings) => _numbers.TryAdd(number, meanings);

    public string[]? Meanings(string word) =>
        word.Length >= 5 && word.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || word.Contains('_', StringComparison.Ordinal)
            ? _patterns.Find(p => Matches(p.Pattern, word)).Meanings
            : null;

    public string[]? MeaningsOfNumber(string word) => word.Length is >= 3 and <= 6 && char.IsAsciiDigit(word[0]) ? _numbers.GetValueOrDefault(word) : null;

    private static bool Matches(string pattern, ReadOnlySpan<char> word)
    {
        if (pattern.StartsWith('*'))
            return word.Contains(pattern.AsSpan(1).Trim('*'), StringComparison.Ordinal);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
                return i == pattern.Length - 1 || word[Math.Min(i, word.Length)..].Contains(pattern.AsSpan(i).Trim('*'), StringComparison.Ordinal);
            if (i >= word.Length || (pattern[i] == '#' ? !char.IsAsciiDigit(word[i]) : pattern[i] != '?' && pattern[i] != word[i]))
                return false;
        }

        return word.Length == pattern.Length;
    }
}

using System.Globalization;
using System.Text;

namespace ItOps.Bot.Agents;

/// <summary>What a person wrote, to look quotes up in: whole words, whatever their case, spacing and punctuation.</summary>
public sealed class PersonsWords
{
    private readonly string[] _words;
    private readonly HashSet<string> _known;

    public PersonsWords(string text)
    {
        _words = [.. Split(text)];
        _known = [.. _words];
    }

    /// <summary>Whether the quote stands there, word after word; an empty one does not.</summary>
    public bool Say(string quote)
    {
        var wanted = Split(quote).ToArray();
        return wanted.Length > 0 && _words.AsSpan().IndexOf(wanted) >= 0;
    }

    /// <summary>Whether each word of the text is one that the person used.</summary>
    public bool Hold(string text)
    {
        var words = Split(text).ToList();
        return words.Count > 0 && words.TrueForAll(_known.Contains);
    }

    /// <summary>Letters, digits and what joins them inside a word ("o'brien", "user@example.com", "10.0.0.7", "xps-13"); marks stay with their letter.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format)
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (rune.Value is '\'' or '’' or '@' or '.' or '-' or '_' or '/' or '\\' or '+' or '&' or '#')
            {
                word.Append(rune.Value == '’' ? '\'' : (char)rune.Value);
            }
            else if (word.Length > 0)
            {
                if (Trimmed(word) is { Length: > 0 } ended)
                    yield return ended;
                word.Clear();
            }
        }

        if (Trimmed(word) is { Length: > 0 } last)
            yield return last;
    }

    private static string Trimmed(StringBuilder word)
    {
        var text = word.ToString().Trim('\'', '.', '-', '_', '/', '\\', '+', '&', '#');
        return text.EndsWith("'s", StringComparison.Ordinal) ? text[..^2] : text;
    }
}

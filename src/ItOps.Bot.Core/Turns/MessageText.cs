using System.Globalization;
using System.Text;

namespace ItOps.Bot.Turns;

/// <summary>Makes a message safe to store, match and show: what cannot be seen, or turns text around, is taken out.</summary>
public static class MessageText
{
    /// <summary>The longest message that is read, in UTF-16 code units.</summary>
    public const int Limit = 8_000;

    /// <summary>Without control, format (zero-width, bidirectional) and unpaired surrogate characters; line breaks stay.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var drop = rune.Value != '\n' && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format);
            if (rune.Value == '\t')
                clean.Append(' ');
            else if (!drop && rune != Rune.ReplacementChar)
                clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    /// <summary>At most <paramref name="limit"/> UTF-16 code units, never half of a character.</summary>
    public static string Cut(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}

using System.Globalization;
using System.Text;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>
/// Whoever approves an import reads it. What they cannot see (control characters, marks that turn the direction of text around, invisible letters) has no
/// place in it, and neither has a text that is too long to be read.
/// </summary>
internal static class BundleText
{
    private const int MostLines = 10_000;

    /// <summary>The text; none, with the lines that are wrong, when it cannot be taken.</summary>
    public static string? Decode(byte[] content, FileProblems problems)
    {
        if (RunbookFile.Decode(content, problems) is not { } text)
            return null;

        var lines = 1 + text.AsSpan().Count('\n');
        if (lines > MostLines)
        {
            problems.Add(MostLines + 1, $"has {lines} lines, and {MostLines} are the most; shorten it");
            return null;
        }

        // As it is written: what the reader takes for the end of a line may be one that an editor does not show.
        return IsPlain(Encoding.UTF8.GetString(content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content), problems) ? text : null;
    }

    private static bool IsPlain(string text, FileProblems problems)
    {
        var line = 1;
        var named = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
                line++;
            else if (IsHidden(rune) && named != line)
                problems.Add(named = line, $"contains an invisible character (U+{rune.Value:X4}); type the line again");
        }

        return named == 0;
    }

    private static bool IsHidden(Rune rune) => rune.Value is not ('\r' or '\t')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

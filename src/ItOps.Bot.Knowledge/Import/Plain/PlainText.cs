using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Import.Plain;

/// <summary>Takes apart what people write into one cell: one action each, one way to ask each.</summary>
internal static partial class PlainText
{
    private const int LongestId = 40;
    private const int WordsOfAKeyword = 4;

    /// <summary>By lines, else by numbers, else by sentences.</summary>
    public static IEnumerable<string> Steps(string cell)
    {
        var parts = cell.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
            parts = Numbered().Split(cell);
        if (parts.Count(p => p.Trim().Length > 0) == 1)
            parts = SentenceEnd().Split(cell);
        return parts.Select(p => Bullet().Replace(p, "").Trim()).Where(p => p.Length > 0);
    }

    public static IEnumerable<string> Symptoms(string cell)
    {
        var parts = cell.Split(['\n', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [var only] && only.Split(',') is { Length: > 1 } words && words.All(w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= WordsOfAKeyword))
            parts = words;
        return parts.Select(p => Bullet().Replace(p, "").Trim()).Where(p => p.Length > 0);
    }

    /// <summary>An id of the title's letters; empty when it has none that an id may have.</summary>
    public static string Id(string title)
    {
        var id = string.Join('_', Folding.Fold(title).Split([.. title.Concat(Folding.Fold(title)).Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries));
        id = id.Length > LongestId ? id[..LongestId].TrimEnd('_') : id;
        return id.Length > 1 && !char.IsAsciiLetterLower(id[0]) ? "about_" + id : id.Length > 1 ? id : "";
    }

    [GeneratedRegex(@"(?:^|\s)[0-9]{1,2}[.)]\s+")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<=[a-zäöüß)""'][.!?])\s+(?=\p{Lu})")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\s*(?:[0-9]{1,2}[.)]|[-*•–])\s+")]
    private static partial Regex Bullet();
}

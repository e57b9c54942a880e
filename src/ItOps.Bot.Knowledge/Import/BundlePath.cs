using System.Globalization;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>Which names a file may have. What is allowed is listed, so that no spelling of "outside" needs to be thought of.</summary>
internal static partial class BundlePath
{
    private const int Longest = 200;
    private const int Deepest = 8;

    /// <summary>Null when a file may be called so; else what is wrong, for the line of a problem.</summary>
    public static string? Refusal(string path)
    {
        if (path.Length is 0 or > Longest)
            return $"the name has {path.Length} characters; from 1 to {Longest} are allowed";
        if (path.Any(c => !char.IsAscii(c) || char.IsControl(c)))
            return "the name has a character that is not plain; use letters, digits, dot, dash and underscore only";
        if (path[0] == '/' || path.Contains('\\') || path.Contains(':'))
            return "the name is absolute, or written with backslashes or a drive; write it relative, with forward slashes, such as 'access/unlock.md'";

        var parts = path.Split('/');
        if (parts.Any(p => p is "." or ".."))
            return "the name leads out of its folder; write it without '.' and '..'";
        if (parts.Any(p => !Part().IsMatch(p)))
            return "the name has an empty or unusual part; use letters, digits, dot, dash and underscore only, and no dot at the end";
        if (parts.Any(p => Reserved().IsMatch(p)))
            return "the name is reserved by Windows, where nobody could open the file; choose another";
        return parts.Length > Deepest ? $"lies {parts.Length} folders deep; a runbook needs no more than four" : null;
    }

    /// <summary>As it is shown in a problem: nothing in it can move the cursor, turn the text around or begin a line.</summary>
    public static string Shown(string path)
    {
        var shown = string.Concat(path.Take(Longest).Select(c => char.IsControl(c) || (char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) ? '?' : c));
        return shown.Length == 0 ? "(no name)" : shown;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]*[A-Za-z0-9_-]\z")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}

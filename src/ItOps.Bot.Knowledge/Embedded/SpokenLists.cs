using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded;

/// <summary>A piece of a message between two places where another thing may begin.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Announced">The person's words said that another thing begins.</param>
/// <param name="Follows">It is to come after what stands before it.</param>
/// <param name="InList">The message began by saying that it is a list, so that every "and" in it may begin another thing.</param>
internal sealed record SpokenPiece(string Text, bool Announced, bool Follows, bool InList);

/// <summary>Where a message goes on to another thing: "and also", "after that", "once that is done", a new line. English and German.</summary>
internal static partial class SpokenLists
{
    /// <summary>The pieces between words that say so; within one, commas and "and" may still separate things.</summary>
    public static IEnumerable<SpokenPiece> Of(string text)
    {
        var whole = Boilerplate.WithoutGreeting(text).Trim();
        if (Condition().Match(whole) is { Success: true } once)
            whole = $"{once.Groups["first"].Value}; {ThenMark} {once.Groups["second"].Value}";
        var rest = Announcement().Replace(whole, "");
        var listed = rest.Length < whole.Length;
        var (start, announced, follows, before) = (0, listed, false, "");
        foreach (Match seam in Strong().Matches(rest))
        {
            if (Clean(rest[start..seam.Index]) is { Length: > 0 } piece)
                yield return new(before = Completed(piece, before), announced, follows, listed);
            (start, announced, follows) = (seam.Index + seam.Length, true, seam.Groups["then"].Success);
        }

        if (Clean(rest[start..]) is { Length: > 0 } last)
            yield return new(Completed(last, before), announced, follows, listed);
    }

    /// <summary>"Remove bob from this list, and then from that one".</summary>
    private static string Completed(string piece, string before) =>
        Preposition().Match(piece) is { Success: true } found && Regex.Match(before, $@"^.*?\b{found.Value}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)) is { Success: true } start
            ? start.Value + piece[found.Length..]
            : piece;

    /// <summary>The same piece at its commas, full stops and "and"s.</summary>
    public static IEnumerable<SpokenPiece> Pieces(SpokenPiece whole)
    {
        var (start, announced, follows) = (0, whole.Announced, whole.Follows);
        foreach (Match seam in Weak().Matches(whole.Text))
        {
            if (Clean(whole.Text[start..seam.Index]) is { Length: > 0 } piece)
            {
                yield return new(piece, announced, follows, whole.InList);
                follows = false;
            }

            (start, announced) = (seam.Index + seam.Length, whole.InList && seam.Groups["and"].Success);
        }

        if (Clean(whole.Text[start..]) is { Length: > 0 } last)
            yield return new(last, announced, follows, whole.InList);
    }

    public static string Clean(string piece) => Bullet().Replace(piece.Trim(), "").Trim().Trim(',', '.', ';', ':', '-').Trim();

    private const string ThenMark = "after that";

    [GeneratedRegex(@"^\s*(?:i\s+(?:have|need|got)\s+)?(?:two|2|three|3|four|4|several|a\s+couple\s+of|zwei|drei|vier|mehrere)\s+(?:things|issues|problems|questions|requests|wishes|sachen|dinge|probleme|fragen|wünsche)\s*[:.,-]\s*|^\s*first(?:ly)?,?\s+|^\s*(?:zuerst|erstens),?\s+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Announcement();

    /// <summary>"Once X, Y".</summary>
    [GeneratedRegex(@"^(?:once|as\s+soon\s+as|sobald)\s+(?<first>[^,;.\n]{4,}?)\s*,\s*(?:then\s+|dann\s+)?(?<second>[^\n]{4,})$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Condition();

    [GeneratedRegex(
        @"(?<then>[\s,;.]*\b(?:and\s+then|(?:and\s+)?after\s+that|(?:and\s+)?afterwards|(?:and\s*,?\s*)?(?:once|when|as\s+soon\s+as)\s+(?:that|this|it)(?:\s+is|'s|s)\s+(?:done|finished|there|through)|und\s+dann|(?:und\s+)?danach|(?:und\s+)?anschließend|(?:und\s+)?sobald\s+das\s+(?:fertig|erledigt)\s+ist)\b[,:]?\s*|(?<=[,;.])\s*(?:then|dann)\s+)"
        + @"|[\s,;.]*\b(?:and\s+also|also|additionally|in\s+addition|besides\s+that|on\s+top\s+of\s+that|another\s+thing|second(?:ly)?,|third(?:ly)?,|plus|und\s+außerdem|außerdem|und\s+auch|zweitens|drittens)\b[,:]?\s*|\s*;\s*|\n+\s*(?=\d{1,2}[.)]\s|[-•*]\s)",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<and>,?\s+(?:and|und)\s+|(?<=[^\d])[.!?]+\s+|\n+)|,\s+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Weak();

    [GeneratedRegex(@"^(?:from|to|into|aus|zu)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Preposition();

    [GeneratedRegex(@"^(?:\d{1,2}[.)]|[-•*])\s+", RegexOptions.None, 1000)]
    private static partial Regex Bullet();
}

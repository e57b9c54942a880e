using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded;

/// <summary>
/// Splits a message where the person says that another thing begins ("and also", "after that", "two things: …"), or where two parts that stand side by
/// side find different runbooks. Everything else is one wish with a story around it and stays whole.
/// </summary>
public sealed partial class RuleDecomposer(IRetriever retriever) : IDecomposer
{
    private const int LongestMessage = 2_000;

    // "access for bob" finds something and is half a wish.
    private const double SureAlone = 0.6;

    /// <summary>A part of a message; <paramref name="Announced"/> when the person's words said that another thing begins.</summary>
    private sealed record Part(string Text, bool Announced, string? Finds);

    public async Task<IReadOnlyList<Wish>> DecomposeAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > LongestMessage)
            return [new Wish(text)];

        var parts = new List<Part>();
        foreach (var (piece, announced) in Pieces(text))
            parts.Add(new Part(piece, announced, await FindsAsync(piece, cancellationToken)));

        var wishes = await JoinSameAsync(Merge(parts), cancellationToken);
        return wishes.Count < 2 || wishes.All(w => w.Finds is null) ? [new Wish(text)] : [.. wishes.Select(w => new Wish(w.Text))];
    }

    /// <summary>Put together, pieces may turn out to ask for the same: "reset me now" is about a password once the next one says so.</summary>
    private async Task<List<Part>> JoinSameAsync(List<Part> parts, CancellationToken cancellationToken)
    {
        var wishes = new List<Part>();
        foreach (var part in parts)
        {
            var whole = part with { Finds = await FindsAsync(part.Text, cancellationToken) };
            if (wishes.Count > 0 && whole.Finds is not null && whole.Finds == wishes[^1].Finds)
                Join(wishes, whole);
            else
                wishes.Add(whole);
        }

        return wishes;
    }

    private async Task<string?> FindsAsync(string text, CancellationToken cancellationToken)
    {
        var retrieval = await retriever.RetrieveAsync(text, cancellationToken);
        return retrieval.Verdict is RetrievalVerdict.Match && retrieval.Ranked[0].Score >= SureAlone ? retrieval.Ranked[0].RunbookId : null;
    }

    private static List<Part> Merge(List<Part> parts)
    {
        var wishes = new List<Part>();
        foreach (var part in parts)
        {
            if (wishes.Count == 0 || !BeginsAnother(wishes, part))
                Join(wishes, part);
            else
                wishes.Add(part);
        }

        return wishes;
    }

    private static void Join(List<Part> wishes, Part part)
    {
        if (wishes.Count == 0)
            wishes.Add(part);
        else
            wishes[^1] = wishes[^1] with { Text = $"{wishes[^1].Text}, {part.Text}", Finds = wishes[^1].Finds ?? part.Finds };
    }

    private static bool BeginsAnother(List<Part> wishes, Part part)
    {
        if (IsOnlyExclusion(part.Text) || IsOnlyExclusion(wishes[^1].Text) || LeansBack().IsMatch(part.Text))
            return false;
        if (part.Finds is not null && wishes.Exists(w => w.Finds == part.Finds))
            return false;

        // Announced, a part may be something that we cannot help with: it is named then, and not dropped in silence.
        return part.Announced
            ? HasSubject(part.Text) && HasSubject(wishes[^1].Text)
            : part.Finds is not null && wishes[^1].Finds is not null && IsSentence(part.Text) && IsSentence(wishes[^1].Text);
    }

    private static bool IsOnlyExclusion(string text)
    {
        var (meant, excluded) = Negation.Split(Tokenizer.Tokens(text));
        return excluded.Count > 0 && meant.TrueForAll(t => WordClasses.Of(t.Stem) == WordClass.Stop);
    }

    /// <summary>Says more than small words: two things could be meant only where each names something.</summary>
    private static bool HasSubject(string text) =>
        Tokenizer.Tokens(text).Any(t => WordClasses.Of(t.Stem) is WordClass.Thing or WordClass.Unknown or WordClass.Common or WordClass.Known or WordClass.Symptom);

    /// <summary>"read and write access" joins two words, not two wishes.</summary>
    private static bool IsSentence(string text) => Tokenizer.Tokens(text).Count(t => WordClasses.Of(t.Stem) != WordClass.Stop) >= 2;

    private static IEnumerable<(string Text, bool Announced)> Pieces(string text)
    {
        var rest = Announcement().Replace(text.Trim(), "");
        var listed = rest.Length < text.Trim().Length;
        var start = 0;
        var announced = listed;
        foreach (Match seam in Seam().Matches(rest))
        {
            if (Clean(rest[start..seam.Index]) is { Length: > 0 } piece)
                yield return (piece, announced);
            (start, announced) = (seam.Index + seam.Length, seam.Groups["strong"].Success || (listed && seam.Groups["and"].Success));
        }

        if (Clean(rest[start..]) is { Length: > 0 } last)
            yield return (last, announced);
    }

    private static string Clean(string piece) => piece.Trim().Trim(',', '.', ';', ':', '-').Trim();

    [GeneratedRegex(@"^\s*(?:hi|hello|hey|hallo)?[\s,]*(?:i\s+(?:have|need|got)\s+)?(?:two|2|three|3|several|a\s+couple\s+of|zwei|drei|mehrere)\s+(?:things|issues|problems|questions|requests|sachen|dinge|probleme|fragen)\s*[:.,-]\s*|^\s*first(?:ly)?,?\s+|^\s*(?:zuerst|erstens),?\s+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Announcement();

    [GeneratedRegex(
        @"(?<strong>[\s,;.]*\b(?:and\s+also|and\s+then|after\s+that|afterwards|also|additionally|in\s+addition|on\s+top\s+of\s+that|another\s+thing|second(?:ly)?,|plus|und\s+außerdem|außerdem|und\s+auch|danach|zweitens|und\s+dann)\b[,:]?\s*|\s*;\s*)"
        + @"|(?<and>,?\s+(?:and|und)\s+|(?<=[^\d])[.!?]+\s+|\n+)|,\s+",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Seam();

    /// <summary>Tells more about what came before: its consequence, its circumstances, or "it".</summary>
    [GeneratedRegex(@"^(?:now|so|then|because|since|but|therefore|which|that|this|still|when|while|if|jetzt|deshalb|weil|dann|wenn)\b|\b(?:it|them|es)$|^(?:it|its|it's|es|that|this)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex LeansBack();
}

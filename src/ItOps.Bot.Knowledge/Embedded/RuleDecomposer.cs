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

    // Among things that are listed behind one verb there is less doubt that it is one.
    private const double SureInAList = 0.5;

    /// <summary>
    /// A part of a message; <paramref name="Announced"/> when the person's words said that another thing begins, <paramref name="Follows"/> when it is to come after the one before.
    /// </summary>
    private sealed record Part(string Text, bool Announced, bool Follows, string? Finds)
    {
        /// <summary>One of several things behind one verb: its words stand alone already.</summary>
        public bool Listed { get; init; }
    }

    public async Task<IReadOnlyList<Wish>> DecomposeAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > LongestMessage)
            return [new Wish(text)];

        var parts = new List<Part>();
        foreach (var piece in SpokenLists.Of(text))
            await AddAsync(parts, piece, cancellationToken);

        var wishes = await JoinSameAsync(Merge(parts), cancellationToken);
        if (wishes.Count < 2 || wishes.All(w => w.Finds is null))
            return [new Wish(text)];
        var texts = ForWhom.CarriedOver([.. wishes.Select(w => w.Text)]);

        // Said twice, it is meant once.
        var places = texts.Distinct(StringComparer.OrdinalIgnoreCase).Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i, StringComparer.OrdinalIgnoreCase);
        return [.. wishes.Select((w, i) => new Wish(texts[i]) { After = w.Follows && i > 0 ? [places[texts[i - 1]]] : [] }).DistinctBy(w => w.Text, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A piece, or the things that it lists behind one verb when they are things for different runbooks.</summary>
    private async Task AddAsync(List<Part> parts, SpokenPiece piece, CancellationToken cancellationToken)
    {
        var (items, before, rest) = Enumeration.Of(piece.Text);
        var listed = new List<Part>();
        var alike = Enumeration.ListsAlike(piece.Text);

        // A thing that is listed for a newcomer is not the newcomer.
        var notIt = items.Count < 2 || alike ? null : await FindsAsync(before, SureInAList, cancellationToken);
        var afterName = false;
        foreach (var (item, ways) in items.Count < 2 ? [] : items)
        {
            var found = await FirstAsync(ways, notIt, cancellationToken);

            // "Visio, Zoom and Tableau": names side by side are one thing each, whether we know them or not.
            var isOneOfNames = afterName && Enumeration.IsName(item);
            afterName = Enumeration.IsName(item);
            if (listed.Count > 0 && !isOneOfNames && (found.Finds is null || (listed.Exists(p => p.Finds == found.Finds) && !alike)))
                listed[^1] = listed[^1] with { Text = $"{listed[^1].Text}, {item}" };
            else
                listed.Add(new(found.Text, piece.Announced, piece.Follows && listed.Count == 0, found.Finds) { Listed = true });
        }

        if (listed.Count > 1)
        {
            parts.AddRange(listed);
            if (rest.Length > 0)
                await AddAsync(parts, piece with { Text = rest, Announced = true, Follows = false }, cancellationToken);
            return;
        }

        foreach (var (text, announced, follows, _) in SpokenLists.Pieces(piece))
            parts.Add(new Part(text, announced, follows, await FindsAsync(text, SureAlone, cancellationToken)) { Listed = follows && Order().IsMatch(text) });
    }

    /// <summary>The first way to say it that finds something of its own, else the first.</summary>
    private async Task<(string Text, string? Finds)> FirstAsync(IReadOnlyList<string> ways, string? notIt, CancellationToken cancellationToken)
    {
        foreach (var way in ways)
        {
            if (await FindsAsync(way, SureInAList, cancellationToken) is { } finds && finds != notIt)
                return (way, finds);
        }

        return (ways[0], null);
    }

    /// <summary>Put together, pieces may turn out to ask for the same: "reset me now" is about a password once the next one says so.</summary>
    private async Task<List<Part>> JoinSameAsync(List<Part> parts, CancellationToken cancellationToken)
    {
        var wishes = new List<Part>();
        foreach (var part in parts)
        {
            var whole = part.Listed ? part : part with { Finds = await FindsAsync(part.Text, SureAlone, cancellationToken) };
            if (wishes.Count > 0 && !whole.Listed && whole.Finds is not null && whole.Finds == wishes[^1].Finds)
                Join(wishes, whole);
            else
                wishes.Add(whole);
        }

        return wishes;
    }

    private async Task<string?> FindsAsync(string text, double sure, CancellationToken cancellationToken)
    {
        var retrieval = await retriever.RetrieveAsync(text, cancellationToken);
        return retrieval.Verdict is RetrievalVerdict.Match && retrieval.Ranked[0].Score >= sure ? retrieval.Ranked[0].RunbookId : null;
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
        if (part.Listed || (wishes[^1].Listed && part.Announced))
            return HasSubject(part.Text);
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

    /// <summary>Asks for something to be done, so that what is to come after it may be of the same kind.</summary>
    [GeneratedRegex(@"^(?:please\s+|bitte\s+)?(?:add|remove|give|grant|unlock|reset|install|invite|put|gib|entferne|entsperre|installiere)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Order();

    /// <summary>Tells more about what came before: its consequence, its circumstances, or "it".</summary>
    [GeneratedRegex(@"^(?:now|so|then|because|since|but|therefore|which|that|this|still|when|while|if|jetzt|deshalb|weil|dann|wenn)\b|\b(?:it|them|es)$|^(?:it|its|it's|es|that|this)\b|^(?:send|mail|text|schick\w*)\s.*\b(?:code|link|password|passwort)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex LeansBack();
}

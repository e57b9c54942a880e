using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// The words of all runbooks, weighed: a word of one runbook says more than a word of all. Unknown words of a text are respelled, taken apart when they
/// are compounds, or kept as evidence that something else is meant.
/// </summary>
internal sealed class Lexicon
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly string[] _meanings;
    private readonly SpellingIndex _spelling;
    private readonly TrigramIndex _trigrams;

    /// <param name="numbers">All words; those beyond the count at this moment are not seen.</param>
    /// <param name="mostTypical">For each number, the share of the ways of asking that have it, in the runbook that has it most.</param>
    /// <param name="allTypical">The sum of these shares over all runbooks.</param>
    public Lexicon(WordNumbers numbers, float[] mostTypical, float[] allTypical, int runbooks)
    {
        _meanings = new string[mostTypical.Length];
        Worth = new float[mostTypical.Length];
        for (var i = 0; i < mostTypical.Length; i++)
        {
            var (meaning, wordClass) = numbers[i];
            _ids[meaning] = i;
            _meanings[i] = meaning;

            // As many runbooks as would share the word evenly: that a few others mention "slow" does not make it common.
            var sharers = mostTypical[i] > 0 ? allTypical[i] / mostTypical[i] : 0;
            Worth[i] = Calibration.Worth(wordClass, Rarity(sharers, runbooks), mostTypical[i]);
        }

        var own = _ids.Keys.Where(w => Vocabulary.Default.Find(w) is null && WordClasses.OfListed(w) is WordClass.Unknown or WordClass.Thing or WordClass.Common).ToList();
        _spelling = new SpellingIndex(own);
        _trigrams = new TrigramIndex(own);
    }

    public int Count => _meanings.Length;

    /// <summary>What a word of a text weighs, by number.</summary>
    public float[] Worth { get; }

    public string MeaningOf(int id) => _meanings[id];

    public int Find(string meaning) => _ids.GetValueOrDefault(meaning, -1);

    public List<Term> Terms(IReadOnlyList<Token> tokens)
    {
        var readings = Vocabulary.Default.Read(Respelled(tokens));
        var terms = new List<Term>(readings.Count);
        foreach (var reading in readings)
        {
            var id = Find(reading.Meaning);
            var kinds = Vocabulary.Default.Find(reading.Meaning)?.Kinds ?? [];
            terms.Add(new Term(
                id, reading.Likeness * (id >= 0 ? Worth[id] : Calibration.WorthOfStranger(reading.Class)), reading,
                kinds.Length > 0 ? Find(kinds[0]) : -1, kinds.Length > 1 ? Find(kinds[1]) : -1));
        }

        return terms;
    }

    private List<Token> Respelled(IReadOnlyList<Token> tokens)
    {
        var respelled = new List<Token>(tokens.Count);
        foreach (var token in tokens)
        {
            if (IsKnown(token) || !token.Word.All(char.IsAsciiLetter))
                respelled.Add(token);
            else if ((Nearest(token.Word) ?? Nearest(token.Stem)) is { } nearest && !MayBeAName(token.Word, nearest))
                respelled.Add(token.As(nearest, WordMatch.Respelled, Calibration.RespelledWorth));
            else if (Parts(token.Word) is { } parts)
                respelled.AddRange(parts.Select(part => token.As(part, WordMatch.Compound, Calibration.RespelledWorth)));
            else if (Similar(token.Word) is { } similar)
                respelled.Add(token.As(similar.Word, WordMatch.Similar, similar.Likeness));
            else
                respelled.Add(token);
        }

        return respelled;
    }

    private bool IsKnown(Token token) =>
        _ids.ContainsKey(token.Stem) || WordClasses.OfListed(token.Stem) != WordClass.Unknown || Vocabulary.Default.Knows(token);

    private string? Nearest(string word)
    {
        var (own, general) = (_spelling.Nearest(word), SpellingIndex.OfVocabulary.Nearest(word));
        return general is null || (own is not null && SpellingIndex.Distance(word, own) < SpellingIndex.Distance(word, general)) ? own : general;
    }

    private (string Word, float Likeness)? Similar(string word)
    {
        var (own, general) = (_trigrams.Nearest(word), TrigramIndex.OfVocabulary.Nearest(word));
        return general is null || own?.Likeness > general.Value.Likeness ? own : general;
    }

    /// <summary>"carl" is no misspelled "card": in a short word only letters out of order are taken for a thing's name.</summary>
    private static bool MayBeAName(string word, string respelled) =>
        word.Length < 5 && WordClasses.Of(Stemmer.Stem(respelled)) is WordClass.Thing && !word.Order().SequenceEqual(respelled.Order());

    /// <summary>"passwordreset" and "Netzlaufwerkzugriff": two known words, with or without the s that German puts between.</summary>
    private string[]? Parts(string word)
    {
        for (var cut = word.Length - 3; cut >= 3; cut--)
        {
            if (!IsPart(word[..cut]))
                continue;
            if (IsPart(word[cut..]))
                return [word[..cut], word[cut..]];
            if (word[cut] == 's' && cut + 1 < word.Length && IsPart(word[(cut + 1)..]))
                return [word[..cut], word[(cut + 1)..]];
        }

        return null;
    }

    private bool IsPart(string part) =>
        part.Length >= 4 ? Vocabulary.Default.Words.Contains(part) || (WordClasses.OfListed(Stemmer.Stem(part)) is WordClass.Unknown or WordClass.Thing && _ids.ContainsKey(Stemmer.Stem(part)))
        : part is "vpn" or "lan" or "mac" or "usb" or "app" or "pdf" or "aws";

    private static float Rarity(float runbooksWithIt, int runbooks) =>
        Math.Clamp(MathF.Log((runbooks + 1) / (runbooksWithIt + 0.5f)) / MathF.Log((runbooks + 1) / 1.5f), Calibration.LeastRarity, 1);
}

using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>One word of a text that was looked up: its number (negative when no runbook knows it) and how much it says.</summary>
internal readonly record struct Term(int Id, float Weight, WordClass Class, int Clause, bool Aside);

/// <summary>
/// The words of all runbooks, numbered and weighed: a word of one runbook says more than a word of all. Unknown words are respelled, taken apart
/// when they are compounds, or kept as evidence that something else is meant.
/// </summary>
internal sealed class Lexicon
{
    private const float RespelledWorth = 0.9f;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _things;
    private readonly List<float> _rarity = [];
    private readonly SpellingIndex _spelling;
    private readonly TrigramIndex _trigrams;
    private readonly int _runbooks;

    /// <param name="runbooks">For each runbook, the words it is found by.</param>
    /// <param name="others">Further words that occur, such as those of counter-examples.</param>
    public Lexicon(IReadOnlyList<IReadOnlySet<string>> runbooks, IEnumerable<string> others)
    {
        _runbooks = runbooks.Count;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in runbooks.SelectMany(r => r))
            counts[word] = counts.GetValueOrDefault(word) + 1;
        foreach (var word in others)
            counts.TryAdd(word, 0);

        foreach (var (word, count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            _ids[word] = _rarity.Count;
            _rarity.Add(Rarity(count));
        }

        _things = WordClasses.All(WordClass.Thing).ToHashSet(StringComparer.Ordinal);
        var correct = _ids.Keys.Where(w => WordClasses.Of(w) != WordClass.Stop).Concat(_things).ToHashSet(StringComparer.Ordinal);
        _spelling = new SpellingIndex(correct);
        _trigrams = new TrigramIndex(_ids.Keys.Where(w => WordClasses.Of(w) is WordClass.Unknown or WordClass.Thing or WordClass.Common));
    }

    public int Count => _ids.Count;

    public int IdOf(string word) => _ids[word];

    /// <summary>Numbers of those of the words that are known.</summary>
    public IEnumerable<int> IdsOf(IEnumerable<string> words) => words.Where(_ids.ContainsKey).Select(IdOf);

    public List<Term> Terms(IReadOnlyList<Token> tokens)
    {
        var terms = new List<Term>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
            Add(terms, WordForms.Of(tokens[i], i + 1 < tokens.Count ? tokens[i + 1] : null), tokens[i]);
        return terms;
    }

    private void Add(List<Term> terms, string word, Token token)
    {
        var known = WordClasses.Of(word);
        if (_ids.TryGetValue(word, out var id))
            terms.Add(new Term(id, Worth(known, _rarity[id]), known, token.Clause, token.Aside));
        else if (known != WordClass.Unknown)
            terms.Add(new Term(-1, WorthOfStranger(known), known, token.Clause, token.Aside));
        else if (word.Any(c => !char.IsAsciiLetter(c)))
            terms.Add(new Term(-1, 0.05f, WordClass.Stop, token.Clause, token.Aside));
        else if (_spelling.Nearest(word) is { } respelled && !MayBeAName(word, respelled))
            terms.Add(Similar(respelled, RespelledWorth, token));
        else if (Parts(word) is { } parts)
            terms.AddRange(parts.Select(part => Similar(part, RespelledWorth, token)));
        else if (_trigrams.Nearest(word) is { } similar)
            terms.Add(Similar(similar.Word, similar.Likeness, token));
        else
            terms.Add(new Term(-1, WorthOfStranger(WordClass.Unknown), WordClass.Unknown, token.Clause, token.Aside));
    }

    /// <summary>"carl" is no misspelled "card": a short word must be spelled right to say that something else is meant.</summary>
    private static bool MayBeAName(string word, string respelled) => word.Length < 6 && WordClasses.Of(respelled) == WordClass.Thing;

    private Term Similar(string word, float likeness, Token token)
    {
        var known = WordClasses.Of(word);
        return _ids.TryGetValue(word, out var id)
            ? new Term(id, Worth(known, _rarity[id]) * likeness, known, token.Clause, token.Aside)
            : new Term(-1, WorthOfStranger(known), known, token.Clause, token.Aside);
    }

    /// <summary>"passwordreset" and "Netzlaufwerkzugriff": two known words, with or without the s that German puts between.</summary>
    private string[]? Parts(string word)
    {
        for (var cut = word.Length - 4; cut >= 4; cut--)
        {
            if (Known(word[..cut]) is not { } head)
                continue;
            if (Known(word[cut..]) is { } tail)
                return [head, tail];
            if (word[cut] == 's' && Known(word[(cut + 1)..]) is { } linked)
                return [head, linked];
        }

        return null;
    }

    private string? Known(string part)
    {
        if (part.Length < 4)
            return null;
        var stem = Stemmer.Stem(part);
        return WordClasses.Of(stem) != WordClass.Stop && (_ids.ContainsKey(stem) || _things.Contains(stem)) ? stem : null;
    }

    private float Rarity(int runbooksWithIt) =>
        Math.Clamp(MathF.Log((_runbooks + 1) / (runbooksWithIt + 0.5f)) / MathF.Log((_runbooks + 1) / 1.5f), 0.3f, 1);

    private static float Worth(WordClass known, float rarity) => known switch
    {
        WordClass.Stop => 0.04f,
        WordClass.Trouble => 0.2f,
        WordClass.Common or WordClass.Generic => 0.35f * rarity,
        _ => rarity,
    };

    private static float WorthOfStranger(WordClass known) => known switch
    {
        WordClass.Stop => 0.04f,
        WordClass.Trouble => 0.1f,
        WordClass.Common or WordClass.Generic => 0.2f,
        WordClass.Known => 0.4f,
        WordClass.Thing => 1f,
        _ => 0.5f,
    };
}

using ItOps.Bot.Knowledge;

namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>What a word or a phrase of IT means, apart from any runbook. <paramref name="Kinds"/>: what it is an example of, nearest first.</summary>
internal sealed record Meaning(string Name, WordClass Class, string[] Kinds);

/// <summary>One word or phrase of a text and what it was taken for; a word that the vocabulary does not have means its own stem.</summary>
internal readonly record struct Reading(string Said, string Meaning, WordClass Class, WordMatch By, float Likeness, int Clause, bool Aside);

/// <summary>The list in <c>vocabulary.txt</c>: phrases of four languages and families of error codes. It knows nothing of any runbook.</summary>
internal sealed partial class Vocabulary
{
    public static readonly Vocabulary Default = Load();

    private readonly record struct Phrase(string[] Keys, Meaning Meaning, WordMatch By);

    private readonly Dictionary<string, Meaning> _meanings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Phrase>>[] _phrases = [.. Enumerable.Range(0, 5).Select(_ => new Dictionary<string, List<Phrase>>(StringComparer.Ordinal))];
    private readonly HashSet<string> _negators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly ErrorCodes _codes = new();

    /// <summary>Every word of every language that stands in the list, folded.</summary>
    public IReadOnlySet<string> Words => _words;

    /// <summary>Single words of English and German by stem.</summary>
    public IEnumerable<(string Stem, WordClass Class)> Stems =>
        from byFirst in new[] { _phrases[(int)SpokenLanguage.English], _phrases[(int)SpokenLanguage.German] }
        from phrase in byFirst.Values.SelectMany(p => p)
        where phrase.Keys.Length == 1
        select (phrase.Keys[0], phrase.Meaning.Class);

    public Meaning? Find(string name) => _meanings.GetValueOrDefault(name);

    public bool Knows(Token token) => _words.Contains(token.Word) || _negators.Contains(token.Word) || StartsPhrase(token) || IsCode(token.Word);

    public bool IsCode(string word) => _codes.Meanings(word) is not null;

    /// <summary>The texts' words and phrases in order; words that say nothing are left out.</summary>
    public List<Reading> Read(List<Token> tokens)
    {
        var language = SpokenLanguages.Of(tokens);
        var readings = new List<Reading>(tokens.Count);
        var numbers = new List<(Token Token, string[] Meanings)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Longest(tokens, i, language) is { } phrase)
            {
                var last = phrase.Keys.Length - 1;
                readings.Add(Of(phrase.Meaning, Said(tokens, i, phrase.Keys.Length), By(phrase, tokens[i]), tokens[i], tokens[i].Likeness));
                i += last;
            }
            else if (_codes.Meanings(tokens[i].Word) is { } meanings)
            {
                AddCode(readings, meanings, tokens[i]);
            }
            else if (_codes.MeaningsOfNumber(tokens[i].Word) is { } number)
            {
                numbers.Add((tokens[i], number));
            }
            else
            {
                AddWord(readings, tokens[i]);
            }
        }

        foreach (var (token, meanings) in numbers)
        {
            if (readings.Exists(r => r.Meaning == "error" || meanings.Contains(r.Meaning)))
                AddCode(readings, meanings, token);
        }

        return readings;
    }

    private static WordMatch By(Phrase phrase, Token token) => token.By == WordMatch.Word ? phrase.By : token.By;

    private static string Said(List<Token> tokens, int start, int count) =>
        count == 1 ? tokens[start].Said : string.Join(' ', tokens.Skip(start).Take(count).Select(t => t.Said));

    private static Reading Of(Meaning meaning, string said, WordMatch by, Token token, float likeness) =>
        new(said, meaning.Name, meaning.Class, by, likeness, token.Clause, token.Aside);

    private void AddCode(List<Reading> readings, string[] meanings, Token token)
    {
        foreach (var meaning in meanings)
            readings.Add(Of(_meanings[meaning], token.Said, WordMatch.ErrorCode, token, 1));
    }

    private static void AddWord(List<Reading> readings, Token token)
    {
        var known = WordClasses.OfListed(token.Stem);
        if (known != WordClass.Stop)
            readings.Add(new Reading(token.Said, token.Stem, known, token.By, token.Likeness, token.Clause, token.Aside));
    }

    private bool StartsPhrase(Token token)
    {
        var (key, romance) = Keys(token);
        return _phrases[(int)SpokenLanguage.English].ContainsKey(key) || _phrases[(int)SpokenLanguage.German].ContainsKey(key)
            || _phrases[(int)SpokenLanguage.Spanish].ContainsKey(romance) || _phrases[(int)SpokenLanguage.French].ContainsKey(romance);
    }

    /// <summary>The text's own language first, English always; the others only for a word that English does not have.</summary>
    private Phrase? Longest(List<Token> tokens, int start, SpokenLanguage language)
    {
        Phrase? best = null;
        if (language > SpokenLanguage.English)
            best = Longer(best, tokens, start, language);
        best = Longer(best, tokens, start, SpokenLanguage.English);
        if (best is not null || !MayBeForeign(tokens[start], language))
            return best;

        for (var other = SpokenLanguage.German; other <= SpokenLanguage.French; other++)
        {
            if (other != language)
                best = Longer(best, tokens, start, other);
        }

        return best;
    }

    private static bool MayBeForeign(Token token, SpokenLanguage language) =>
        WordClasses.OfListed(token.Stem) is WordClass.Unknown or WordClass.Thing && (language != SpokenLanguage.English || token.Word.Length >= 5);

    private Phrase? Longer(Phrase? best, List<Token> tokens, int start, SpokenLanguage language)
    {
        if (!_phrases[(int)language].TryGetValue(Key(tokens[start], language), out var phrases))
            return best;
        foreach (var phrase in phrases)
        {
            if (phrase.Keys.Length > (best?.Keys.Length ?? 0) && IsAt(phrase, tokens, start, language))
                best = phrase;
        }

        return best;
    }

    private bool IsAt(Phrase phrase, List<Token> tokens, int start, SpokenLanguage language)
    {
        if (start + phrase.Keys.Length > tokens.Count)
            return false;
        for (var i = 1; i < phrase.Keys.Length; i++)
        {
            if (Key(tokens[start + i], language) != phrase.Keys[i] || tokens[start + i].Clause != tokens[start].Clause)
                return false;
        }

        return true;
    }

    private string Key(Token token, SpokenLanguage language) =>
        _negators.Contains(token.Word) ? "not" : language >= SpokenLanguage.Spanish ? RomanceStemmer.Stem(token.Word) : token.Stem;

    private (string Stem, string Romance) Keys(Token token) => (Key(token, SpokenLanguage.English), Key(token, SpokenLanguage.Spanish));
}

using System.Collections.Frozen;

namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>What a word is worth, apart from any runbook.</summary>
internal enum WordClass
{
    /// <summary>Not in the list: a name, a rare word, or a misspelling.</summary>
    Unknown,
    Stop,
    Common,
    Generic,
    Trouble,
    Thing,
    Known,

    /// <summary>In which way something is not as it should be: slow, frozen, locked.</summary>
    Symptom,

    /// <summary>What is wanted of the thing: to have it, to know how.</summary>
    Intent,
}

/// <summary>Classes by stem: those of <c>words.txt</c>, and for words that it does not have, those of the vocabulary.</summary>
internal static class WordClasses
{
    private static readonly FrozenDictionary<string, WordClass> Listed = Load();
    private static readonly Lazy<FrozenDictionary<string, WordClass>> All = new(Merge);

    public static WordClass Of(string stem) => All.Value.GetValueOrDefault(stem);

    /// <summary>The class in <c>words.txt</c> alone.</summary>
    public static WordClass OfListed(string stem) => Listed.GetValueOrDefault(stem);

    public static IEnumerable<string> ListedAs(WordClass wordClass) => Listed.Where(w => w.Value == wordClass).Select(w => w.Key);

    private static FrozenDictionary<string, WordClass> Load()
    {
        var classes = new Dictionary<string, WordClass>(StringComparer.Ordinal);
        var current = WordClass.Unknown;
        foreach (var line in EmbeddedText.Lines("words.txt"))
        {
            if (line.StartsWith('['))
                current = Enum.Parse<WordClass>(line[1..line.IndexOf(']', StringComparison.Ordinal)], ignoreCase: true);
            else
                AddWords(line, current, classes);
        }

        return classes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, WordClass> Merge()
    {
        var classes = new Dictionary<string, WordClass>(Listed, StringComparer.Ordinal);
        foreach (var (stem, wordClass) in Vocabulary.Default.Stems)
            classes.TryAdd(stem, wordClass);
        return classes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void AddWords(string text, WordClass current, Dictionary<string, WordClass> classes)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            classes.TryAdd(Stemmer.Stem(Folding.Fold(word)), current);
    }
}

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
}

/// <summary>The list in <c>words.txt</c>, by stem.</summary>
internal static class WordClasses
{
    private static readonly FrozenDictionary<string, WordClass> ByStem = Load();

    public static WordClass Of(string stem) => ByStem.GetValueOrDefault(stem);

    public static IEnumerable<string> All(WordClass wordClass) => ByStem.Where(w => w.Value == wordClass).Select(w => w.Key);

    private static FrozenDictionary<string, WordClass> Load()
    {
        using var stream = typeof(WordClasses).Assembly.GetManifestResourceStream("words.txt")!;
        using var reader = new StreamReader(stream);
        var classes = new Dictionary<string, WordClass>(StringComparer.Ordinal);
        var current = WordClass.Unknown;
        while (reader.ReadLine() is { } line)
        {
            var text = line.Split('#')[0].Trim();
            if (text.StartsWith('['))
                current = Enum.Parse<WordClass>(text[1..text.IndexOf(']')], ignoreCase: true);
            else
                AddWords(text, current, classes);
        }

        return classes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void AddWords(string text, WordClass current, Dictionary<string, WordClass> classes)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            classes.TryAdd(Stemmer.Stem(Folding.Fold(word)), current);
    }
}

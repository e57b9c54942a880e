namespace ItOps.Bot.Knowledge.Embedded.Language;

internal enum SpokenLanguage
{
    /// <summary>Too few small words to tell.</summary>
    Unknown,
    English,
    German,
    Spanish,
    French,
}

/// <summary>Tells the language of a text by its small words, which no other of the four has.</summary>
internal static class SpokenLanguages
{
    private static readonly Dictionary<string, SpokenLanguage> ByWord = Load(
        (SpokenLanguage.English, "the my is are i im to and on it its can cant with for of in when have has not please after this that was am you be does doesnt from any our your"),
        (SpokenLanguage.German, "der das ich mein meine meinen meinem meiner ist sind nicht und mit auf ein eine einen dem den kann bitte seit kein keine keinen wie wir im am beim mich mir habe hat zu vom es wird noch mehr"),
        (SpokenLanguage.Spanish, "el los las mi mis no me que en con por para una puedo esta estoy hola del al se y desde cuando tengo porque como mas lo ha he muy"),
        (SpokenLanguage.French, "le les je mon ma mes ne pas des du est et sur avec pour une bonjour depuis au aux ce cette nous suis mais ai plus dans quand il elle sans ca"));

    public static SpokenLanguage Of(List<Token> tokens)
    {
        Span<int> counts = stackalloc int[5];
        foreach (var token in tokens)
        {
            if (ByWord.TryGetValue(token.Word, out var language))
                counts[(int)language]++;
        }

        var best = SpokenLanguage.Unknown;
        for (var language = SpokenLanguage.English; language <= SpokenLanguage.French; language++)
        {
            if (counts[(int)language] > counts[(int)best])
                best = language;
        }

        return best;
    }

    private static Dictionary<string, SpokenLanguage> Load(params (SpokenLanguage Language, string Words)[] lists)
    {
        var words = new Dictionary<string, SpokenLanguage>(StringComparer.Ordinal);
        foreach (var (language, list) in lists)
        {
            foreach (var word in list.Split(' '))
                words.TryAdd(word, language);
        }

        return words;
    }
}

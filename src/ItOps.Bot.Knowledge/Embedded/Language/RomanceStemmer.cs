namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>
/// Cuts the endings that Spanish and French put on verbs and adjectives: "bloqueada", "bloqueó" and "bloquear" meet, "connecté" and "connecter" meet.
/// Only for words that are looked up as one of these languages; the text is folded already.
/// </summary>
internal static class RomanceStemmer
{
    private const int ShortestStem = 4;

    private static readonly string[] Endings =
    [
        "aciones", "iciones", "amiento", "imiento", "ablemente", "ciones", "acion", "icion", "ations", "ation", "aient", "ement", "ando", "iendo", "arse", "irse", "erse", "arme", "aron", "ieron",
        "adas", "ados", "idas", "idos", "ada", "ado", "ida", "ido", "aba", "ant", "ent", "ees", "ons", "ais", "ait", "ez", "er", "ir", "ar", "ee", "es", "as", "os", "an", "en", "on", "e", "a", "o", "s",
    ];

    public static string Stem(string word)
    {
        if (word.Length <= ShortestStem)
            return word;
        foreach (var ending in Endings)
        {
            if (word.Length - ending.Length >= ShortestStem && word.EndsWith(ending, StringComparison.Ordinal))
                return word[..^ending.Length];
        }

        return word;
    }
}

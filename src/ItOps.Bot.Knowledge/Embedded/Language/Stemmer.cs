namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>
/// Cuts the endings that English and German put on a word without changing what it is about. Light on purpose: two words that meet by accident do
/// more harm than two forms that miss each other, which the spelling index catches.
/// </summary>
internal static class Stemmer
{
    private const int ShortestStem = 3;

    private const string Vowels = "aeiouy";

    private static readonly string[] Endings = ["ingly", "edly", "ings", "ing", "ed", "ly", "ern", "en", "em", "es", "e", "s"];

    public static string Stem(string word)
    {
        if (word.Length <= ShortestStem || !word.All(char.IsAsciiLetter))
            return word;
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal))
            return word[..^3] + "y";

        foreach (var ending in Endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && Fits(word, ending))
                return Finish(word[..^ending.Length], ending);
        }

        return word;
    }

    private static bool Fits(string word, string ending)
    {
        var left = word.Length - ending.Length;
        return ending switch
        {
            "s" => left >= ShortestStem && word[^2] is not ('s' or 'u' or 'i'),
            "e" => left >= ShortestStem + 1,
            "en" when word[left - 1] == 'e' => false,
            "en" or "em" or "es" or "ern" => left >= ShortestStem + 1,
            _ => left >= ShortestStem && word.Take(left).Any(Vowels.Contains),
        };
    }

    /// <summary>"resett" from "resetting" becomes "reset" again; "password" from "passwords" and "driv" from "drives" go on losing their endings.</summary>
    private static string Finish(string stem, string ending)
    {
        if (ending is "ing" or "ings" or "ed" && stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's'))
            return stem[..^1];
        return ending is "s" ? Stem(stem) : stem.Length > ShortestStem + 1 && stem[^1] == 'e' ? stem[..^1] : stem;
    }
}

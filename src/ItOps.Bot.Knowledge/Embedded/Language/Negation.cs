namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>
/// Tells a wish that is not meant ("don't reset my password, just unlock it") from a trouble that needs a "not" to be said ("it doesn't connect").
/// Only the first kind is taken out.
/// </summary>
internal static class Negation
{
    /// <summary>What one asks a helper to do. Any other verb after "don't" tells a trouble whose "I" was left out: "don't have access".</summary>
    private static readonly HashSet<string> Actions =
    [
        "reset", "unlock", "unblock", "change", "give", "add", "install", "uninstall", "remove", "touch", "delete", "restart", "reboot", "send", "create", "do", "map", "renew", "revoke",
        "update", "grant", "block", "lock", "release", "disable", "enable", "replace", "order", "call", "close", "cancel", "move",
    ];

    private static readonly HashSet<string> Openers =
        ["please", "pls", "but", "and", "just", "no", "so", "hey", "hi", "oh", "wait", "ok", "bitte", "aber", "und", "nein", "por", "favor", "pero", "svp", "mais", "merci", "de", "surtout"];

    private static readonly HashSet<string> Wishes = ["want", "need", "mean", "ask", "meant", "asked", "wanted"];

    private static readonly HashSet<string> Restarts =
        ["just", "only", "instead", "rather", "nur", "sondern", "lieber", "bloss", "solo", "solamente", "unicamente", "sino", "seulement", "juste", "uniquement", "plutot"];

    /// <summary>Actions of Spanish and French by stem.</summary>
    private static readonly HashSet<string> RomanceActions =
    [
        "restablec", "restablezc", "resete", "cambi", "desbloque", "reinici", "borr", "elimin", "instal", "envi", "toqu", "modifi", "reinitialis", "chang", "debloqu",
        "deverrouill", "supprim", "redemarr", "envoy", "touch",
    ];

    private static readonly HashSet<string> RomanceWishes = ["quier", "quisier", "dese", "veux", "voudr", "souhait", "voul", "demand"];

    /// <summary>Endings of what is asked for; "no cambia" and "ne change pas" tell of a trouble.</summary>
    private static readonly string[] SpanishForms = ["ar", "er", "ir", "es", "e", "en", "ezca", "ezcas"];

    private static readonly string[] FrenchForms = ["ez", "er", "ir"];

    private static readonly HashSet<string> Clitics = ["me", "la", "lo", "le", "se", "mi", "les", "que", "pas", "l", "m"];

    private static readonly HashSet<string> GermanCan = ["kann", "koennen", "konnte", "geht", "laesst", "funktioniert", "klappt"];

    private static readonly HashSet<string> GermanActions =
        ["zuruecksetzen", "entsperren", "aendern", "loeschen", "installieren", "freischalten", "hinzufuegen", "neustarten"];

    /// <summary>The words that are meant, and the words that are expressly not.</summary>
    public static (List<Token> Meant, List<Token> Excluded) Split(List<Token> tokens)
    {
        var meant = new List<Token>(tokens.Count);
        var excluded = new List<Token>();
        var at = 0;
        while (at < tokens.Count)
        {
            var end = ClauseEnd(tokens, at);
            var from = ExclusionStart(tokens, at, end);
            var until = from < 0 ? end : ExclusionEnd(tokens, from, end);
            for (var i = at; i < end; i++)
                (from >= 0 && i >= from && i < until ? excluded : meant).Add(tokens[i]);
            at = end;
        }

        return (meant, excluded);
    }

    private static int ClauseEnd(List<Token> tokens, int start)
    {
        var end = start;
        while (end < tokens.Count && tokens[end].Clause == tokens[start].Clause)
            end++;
        return end;
    }

    private static int ExclusionStart(List<Token> tokens, int start, int end)
    {
        var first = start;
        while (first < end && Openers.Contains(tokens[first].Word))
            first++;

        for (var i = start; i < end; i++)
        {
            var next = i + 1 < end ? tokens[i + 1].Word : "";
            switch (tokens[i].Word)
            {
                case "dont" or "not" when i == first && Actions.Contains(next):
                case "dont" when Wishes.Contains(next):
                case "instead" or "rather" when next is "of" or "than":
                case "without" or "ohne" or "statt" or "anstatt" when i > start:
                case "not" when i == first && next is "the" or "my" or "a" or "an":
                case "not" when i == first && i + 1 < end && WordClasses.Of(tokens[i + 1].Stem) == WordClass.Symptom:
                case "isnt" when i <= first + 1 && ItsSomethingElse(tokens, end):
                case "not" when i > start && i <= first + 2 && tokens[i - 1].Word == "is" && ItsSomethingElse(tokens, end):
                case "no" when i == start && next is "need":
                    return i;
                case "do" when next == "not" && i + 2 < end && IsDoNot(tokens[i + 2].Word, i == first):
                    return i;
                case "no" when i == first && IsAskedFor(tokens, i + 1, end, SpanishForms):
                case "ne" or "n" when IsAskedFor(tokens, i + 1, end, FrenchForms):
                case "sin" when i > start && IsAskedFor(tokens, i + 1, end, SpanishForms):
                case "sans" when i > start && IsAskedFor(tokens, i + 1, end, FrenchForms):
                case "en" when next is "vez" or "lugar":
                case "au" when next == "lieu":
                case "plutot" when next is "que" or "qu":
                case "pas" when i == first && next is "de" or "besoin":
                    return i;
                case "nicht" or "kein" or "keine" or "keinen" when IsGermanExclusion(tokens, start, end):
                    return start;
            }
        }

        return -1;
    }

    private static bool IsAskedFor(List<Token> tokens, int at, int end, string[] forms)
    {
        while (at < end && Clitics.Contains(tokens[at].Word))
            at++;
        if (at == end)
            return false;
        var (word, stem) = (tokens[at].Word, RomanceStemmer.Stem(tokens[at].Word));
        return RomanceWishes.Contains(stem) || (RomanceActions.Contains(stem) && Array.Exists(forms, f => word.EndsWith(f, StringComparison.Ordinal)));
    }

    /// <summary>"it isn't the screen, it's the cable".</summary>
    private static bool ItsSomethingElse(List<Token> tokens, int end) => end < tokens.Count && tokens[end].Word is "its" or "it";

    private static bool IsDoNot(string verb, bool first) => Wishes.Contains(verb) || (first && Actions.Contains(verb));

    private static bool IsGermanExclusion(List<Token> tokens, int start, int end)
    {
        var clause = tokens.Skip(start).Take(end - start).Select(t => t.Word).ToList();
        var alternativeFollows = tokens.Skip(end).Any(t => Restarts.Contains(t.Word));
        return !clause.Exists(GermanCan.Contains)
            && (clause.Exists(GermanActions.Contains) || (alternativeFollows && clause[0] is "nicht" or "kein" or "keine" or "keinen" or "keines"));
    }

    private static int ExclusionEnd(List<Token> tokens, int from, int end)
    {
        for (var i = from + 1; i < end; i++)
        {
            if (Restarts.Contains(tokens[i].Word))
                return i;
        }

        return end;
    }
}

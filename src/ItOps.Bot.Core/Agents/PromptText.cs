using System.Text.RegularExpressions;

namespace ItOps.Bot.Agents;

/// <summary>
/// Words of a person as an agent may read them: what looks like a secret is gone (I6). Whatever is sent to an agent takes this type, so that nothing else
/// can be sent by mistake.
/// </summary>
public sealed partial record PromptText
{
    private const int Longest = 2_000;
    private const int Margin = 400;
    private const string Gone = "[removed]";

    private const string Nouns =
        @"(?:password|passwort|kennwort|passcode|passphrase|passwd|pwd|psw|pw|contraseña|contrasena|clave|mot de passe|mdp|parola|senha|wachtwoord|hasło|haslo)";

    /// <summary>After these words about a password comes what it is; "by", "for" or "since" say something else about it.</summary>
    private const string Links =
        @"(?:is|was|still|now|today|again|already|just|(?:changed|set|reset|back) to|ist|war|jetzt|nun|noch|immer|wieder|heute|lautet|(?:geändert|gesetzt) auf|es|era|sigue siendo|todavía|todavia|aún|ahora" +
        @"|est|était|toujours|encore|maintenant|è|ancora|adesso|é|ainda|agora|nog|nu|teraz)";

    /// <summary>Letters with a digit, or with a sign in the middle; no address, error or length of time.</summary>
    private const string Mixed =
        @"[""'“”„]?(?!0x|\d{1,3}(?:h|x|am|pm|st|nd|rd|th|mins?|hours?|days?|weeks?|std|uhr|tagen?|wochen?)\b|\S+@\S+\.\S)(?=\S*\p{L})(?=\S*(?:\d|[!$%&*+#=?]\S*[\p{L}\d]))\S{4,}";

    private PromptText(string text) => Text = text;

    public string Text { get; }

    public static PromptText Of(string text)
    {
        // A little more than is kept, so that no secret is cut in two and only half of it known for one.
        var cut = text.Length <= Longest + Margin ? text : text[..(Longest + Margin)];
        foreach (var secret in (ReadOnlySpan<Regex>)[KeyBlock(), InAddress(), InCommand(), Named(), NamedElsewhere(), Later(), Beside(), Pin(), Bearer(), WellKnownKey(), Recovery(), LongToken(), Payment(), NamedCode(), Code()])
            cut = secret.Replace(cut, m => m.Groups["keep"].Value + Gone);
        return new(cut.Length <= Longest ? cut : cut[..Longest]);
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|$)", RegexOptions.Singleline, 1000)]
    private static partial Regex KeyBlock();

    /// <summary>"https://bob:hunter2@host", and whole addresses that carry a second factor.</summary>
    [GeneratedRegex(@"(?<keep>\b[a-z][a-z0-9+.-]{1,12}://[^\s:/@]{1,100}:)[^\s@/]{1,200}(?=@)|\botpauth://\S+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InAddress();

    [GeneratedRegex(@"(?<keep>(?<!\S)--?(?:password|passwd|pass|pwd|token|secret|api-?key)[ =:])\S+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex InCommand();

    /// <summary>
    /// "my password is hunter2", "pin: 1234"; "my password is expired" keeps its word, because "is" alone gives nothing away: a word of the list, or of a sentence that
    /// goes on, is no password.
    /// </summary>
    [GeneratedRegex(
        @"(?<keep>\b(?:(?:password|passwort|kennwort|passcode|passphrase|passwd|pwd|psw|pw|pin|secret|api[ _-]?key|token|otp|cookie)\b\s*(?:[:=]|(?:is|ist|was|war|lautet|heißt|heisst)\b\s*:?)|(?:pass|clave|code[ _]?pin)\s*[:=])\s*)(?!(?:" +
        @"not|never|no|still|already|always|now|also|only|just|being|about|too|so|very|there|here|gone|lost|missing|expired?|expiring|wrong|incorrect|correct|right|invalid|valid|unknown|known|locked|blocked|reset|changed|" +
        @"forgotten|rejected|refused|denied|accepted|asked|needed|required|set|taken|used|old|new|weak|strong|long|short|same|different|due|ok|okay|fine|empty|visible|hidden|working|stored|saved|bent|out|in|on|at|of|for|from|" +
        @"with|by|to|under|what|this|that|it|the|my|a|an|your|our|his|her|their|and|or|but|because|when|if|" +
        @"nicht|nie|noch|immer|schon|wieder|jetzt|nun|auch|nur|wohl|bald|zu|kein|keine|abgelaufen|falsch|richtig|korrekt|ungültig|ungueltig|gültig|unbekannt|gesperrt|geändert|vergessen|verloren|abgelehnt|nötig|" +
        @"neu|alt|veraltet|lang|kurz|weg|da|hier|leer|gleich|anders|der|die|das|mein|meine|ein|eine|und|oder|aber|weil|wenn|seit|heute|gestern|für|von|mit|im|am|auf)(?=[.,;:!?)]*(?:\s|$)))[""'“”„]?\S+",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Named();

    /// <summary>In languages whose words for "expired" are not listed, only what no word looks like.</summary>
    [GeneratedRegex(
        @"(?<keep>\b(?:contraseña|contrasena|clave|mot de passe|mdp|parola|password|senha|wachtwoord|hasło|haslo)\b\s*(?:[:=]|(?:es|est|era|était|è|é|to|is)\b\s*:?)\s*)(?=\S*[\p{L}])(?=\S*[\d!$%&*+#?=])\S{4,}",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NamedElsewhere();

    /// <summary>"my password is still Winter2024", "I changed my password to Winter2024": a few plain words behind the noun.</summary>
    [GeneratedRegex(
        @"(?<keep>(?:\b" + Nouns + @"(?:\s+[\p{L}'’]+){0,3}?\s+" + Links + @"|\b(?:chang|set|reset)\p{L}*\s+(?:\p{L}+\s+){0,2}" + Nouns + @"\s+(?:back\s+)?to)\s*[:=]?\s+)" + Mixed,
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Later();

    /// <summary>"my pin 4711 does not work".</summary>
    [GeneratedRegex(@"(?<keep>\bpin(?:[ -](?:code|number|nummer))?(?:\s+" + Links + @"){0,2}\s*[:=]?\s+)\d{4,8}\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Pin();

    /// <summary>"password Sommer2026! does not work": right after the word, letters and digits mixed.</summary>
    [GeneratedRegex(@"(?<keep>\b(?:password|passwort|kennwort|passwd|pwd|pw|passphrase)\s+[""'“„]?)(?=\S*\p{L})(?=\S*\d)\S{6,}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Beside();

    [GeneratedRegex(@"(?<keep>\b(?:bearer|basic)\s+)(?=\S*(?:\d|=|(?-i:[a-z][A-Z])))[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex(
        @"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+|\bgh[pousr]_[A-Za-z0-9]{16,}|\bglpat-[A-Za-z0-9_-]{16,}|\bsk-[A-Za-z0-9_-]{12,}|\bAIza[A-Za-z0-9_-]{20,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]+",
        RegexOptions.None, 1000)]
    private static partial Regex WellKnownKey();

    /// <summary>Groups of six digits, as BitLocker's recovery keys have eight of.</summary>
    [GeneratedRegex(@"\b\d{6}(?:-\d{6}){2,}\b", RegexOptions.None, 1000)]
    private static partial Regex Recovery();

    /// <summary>Long, with letters and digits mixed: nobody names an account or an error like that.</summary>
    [GeneratedRegex(@"\b(?=[A-Za-z0-9+/_=-]*[A-Za-z])(?=[A-Za-z0-9+/_=-]*\d)[A-Za-z0-9+/_=-]{28,}", RegexOptions.None, 1000)]
    private static partial Regex LongToken();

    /// <summary>Numbers of cards and accounts.</summary>
    [GeneratedRegex(@"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b", RegexOptions.None, 1000)]
    private static partial Regex Payment();

    /// <summary>"the code is 4711", and not "error code: 1603".</summary>
    [GeneratedRegex(@"(?<keep>(?<!(?:error|stop|exit|status|check|return|http|fehler)[ -]?)\bcode\b\s*(?:[:=]|(?:is|was|ist|war|lautet)\b\s*:?)\s*)(?:[A-Z]-)?\d{3}[ -]?\d{1,5}\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex NamedCode();

    /// <summary>Six to eight digits that stand alone, as codes by mail and message do, unless they are called a number of something.</summary>
    [GeneratedRegex(
        @"(?<![\w.-])(?<!\b(?:ticket|incident|request|case|order|auftrag|vorgang|nummer|number|no|nr|num|id|kb|error|fehler|event|build|version|room|raum|(?:error|stop|exit|status|check|return|http|fehler)[ -]?code)[.:#]? ?#?)\d{3}[ -]?\d{3,5}(?![\w.-])",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Code();
}

using System.Text.RegularExpressions;

namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>Takes away what every ticket has and no wish is made of: greetings with a name, mail headers, closings, signatures.</summary>
internal static partial class Boilerplate
{
    public static string Without(string text)
    {
        if (text.Length < 12)
            return text;
        var closing = Closing().Match(text);
        var kept = closing.Success && closing.Index > 0 ? text[..closing.Index] : text;
        kept = Headers().Replace(kept, "");
        kept = Phrases().Replace(kept, " ");
        kept = Greeting().Replace(kept, "");
        return kept.Trim().Length == 0 ? text : kept;
    }

    /// <summary>The text from where it begins to say something, in the person's own words.</summary>
    public static string WithoutGreeting(string text) => BareGreeting().Replace(Greeting().Replace(text, ""), "");

    /// <summary>"Hi our intern needs": a greeting with nothing behind it but who or what it is about.</summary>
    [GeneratedRegex(@"^\s*(?:hi|hello|hey|hallo|moin)(?:\s+(?:there|all|team|everyone|everybody|zusammen))?\s+(?=(?:an?|our|my|the|we|i|another|two|ein|eine|unser|unsere|mein|meine|wir|ich)\s)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex BareGreeting();

    /// <summary>"Hi Tom," - a greeting, at most two words, and a comma or the line's end.</summary>
    [GeneratedRegex(@"^\s*(?:hi|hello|hey|dear|good\s+(?:morning|afternoon|evening|day)|hallo|guten\s+(?:morgen|tag|abend)|moin|hola|buenos\s+d[ií]as|buenas(?:\s+tardes)?|bonjour|bonsoir|salut)(?:\s+[\p{L}.]+){0,2}\s*[,!\n:-]+\s*(?=\S)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Greeting();

    /// <summary>A closing on a line of its own or after a full stop, and whatever follows it.</summary>
    [GeneratedRegex(@"(?<=[.!?\n,]\s*)(?:(?:best|kind|warm)\s+regards|regards|many\s+thanks|thanks\s*(?:and|&)\s*regards|sincerely|cheers\s*[,\n]|mit\s+freundlichen\s+gr[üu]|viele\s+gr[üu]|mfg\b|vielen\s+dank\s+(?:im\s+voraus|und)|saludos|un\s+saludo|cordialmente|cordialement|bien\s+[àa]\s+vous|sent\s+from\s+my|von\s+meinem\s+\w+\s+gesendet|--\s*\n).*", RegexOptions.IgnoreCase | RegexOptions.Singleline, 1000)]
    private static partial Regex Closing();

    [GeneratedRegex(@"^[ \t]*(?:from|to|cc|sent|date|phone|tel|received|von|an|gesendet|datum|de|para|enviado|ticket\s*(?:id|no)?|priority|location)[ \t]*:.*$|(?:^|\b)(?:subject|summary|description|betreff|beschreibung|asunto|objet)\s*:", RegexOptions.IgnoreCase | RegexOptions.Multiline, 1000)]
    private static partial Regex Headers();

    [GeneratedRegex(@"\b(?:i\s+)?hope\s+(?:you|this)\b[^.,!?\n]*[.,!?\n]|\bplease\s+(?:do\s+the\s+needful|advise|assist|help|check|look\s+into\s+(?:this|it))\b|\b(?:kindly|please)\s+(?:help|assist)\s+(?:me|us)?\b|\bsee\s+(?:the\s+)?attach(?:ed|ment)\b[^.,\n]*|\b(?:thanks|thank\s+you)\s+in\s+advance\b|\b(?:user|client|caller|customer|employee)\s+(?:is\s+)?(?:reports?|reporting|states?|says|called|calling)\s+(?:that\s+)?", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Phrases();
}

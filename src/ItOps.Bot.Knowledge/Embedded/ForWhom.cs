using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded;

/// <summary>Whom the wishes of one message are for: named in the first, they are meant in those after it that say "him", or nobody.</summary>
internal static partial class ForWhom
{
    public static IReadOnlyList<string> CarriedOver(IReadOnlyList<string> texts)
    {
        if (Named().Match(texts[0]) is not { Success: true } named || !IsName(named.Groups["who"].Value))
            return texts;
        var who = named.Groups["who"].Value;
        return [texts[0], .. texts.Skip(1).Select(t => Of(t, who))];
    }

    private static string Of(string text, string who)
    {
        if (text.Contains(who, StringComparison.OrdinalIgnoreCase))
            return text;
        if (Pronoun().IsMatch(text))
            return Possessive().Replace(Pronoun().Replace(text, who, 1), who + "'s", 1);
        return Possessive().IsMatch(text) ? Possessive().Replace(text, who + "'s", 1)
            : AsksForSomething().IsMatch(text) && !Speaker().IsMatch(text) && Named().Match(text) is not { Success: true } ? $"{text} for {who}" : text;
    }

    /// <summary>No word that means something else here.</summary>
    private static bool IsName(string word) => WordClasses.Of(Tokenizer.Tokens(word) is [var only] ? only.Stem : word) is WordClass.Unknown || char.IsUpper(word[0]);

    [GeneratedRegex(
        @"(?i:\b(?:add|give|grant|invite|put|remove|for|für|gib|unlock|reset)\s+)(?<who>(?!(?i:me|us|my|our|him|her|them|it|the|an?|access|his|their|mir|uns|mein|meine|meinen|das|den|die|der)\b)\p{L}[\p{L}.]+)(?='s\b|\s+(?i:to|on|in|from|an?|the|access|read|write|developer|admin|we|zugriff|zugang|account)\b|\s*[:,]|\s*$)",
        RegexOptions.None, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?:him|them)\b|\bher\b(?=\s+(?:to|access|read|write|an?|the|developer|admin)\b|\s*$)|\bihm\b|\bihnen\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Pronoun();

    [GeneratedRegex(@"\b(?:his|their|her|sein|seinen|ihr|ihren)\b(?=\s+(?:account|password|laptop|pc|konto|passwort))", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\b(?:i|i'm|me|my|mine|we|us|our|ich|mir|mich|mein\w*|wir|uns|unser\w*)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Speaker();

    [GeneratedRegex(@"^(?:please\s+|bitte\s+)?(?:give|grant|install|order|access|add|unlock|reset|write\s+access|read\s+access|a\s+licen[cs]e|gib|installiere|bestelle|zugriff)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex AsksForSomething();
}

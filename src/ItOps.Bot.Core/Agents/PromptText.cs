using System.Text.RegularExpressions;

namespace ItOps.Bot.Agents;

/// <summary>
/// Words of a person as an agent may read them: what looks like a secret is gone (I6). Whatever is sent to an agent takes this type, so that nothing else
/// can be sent by mistake.
/// </summary>
public sealed partial record PromptText
{
    private const int Longest = 2_000;
    private const string Gone = "[removed]";

    private PromptText(string text) => Text = text;

    public string Text { get; }

    public static PromptText Of(string text)
    {
        var cut = text.Length <= Longest ? text : text[..Longest];
        foreach (var secret in (ReadOnlySpan<Regex>)[KeyBlock(), Named(), Bearer(), WellKnownKey(), LongToken(), Code()])
            cut = secret.Replace(cut, m => m.Groups["keep"].Value + Gone);
        return new(cut);
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|$)", RegexOptions.Singleline, 1000)]
    private static partial Regex KeyBlock();

    /// <summary>"my password is hunter2", "pin: 1234"; "my password is expired" keeps its word, because "is" alone gives nothing away.</summary>
    [GeneratedRegex(
        @"(?<keep>\b(?:password|passwort|kennwort|passcode|passphrase|pwd|pin|secret|api[ _-]?key|token|code|otp)\b\s*(?:[:=]|(?:is|ist|was|war|lautet)\s*:?)\s*)(?!(?:not|expired?|wrong|locked|reset|forgotten|gone|lost|invalid|no|correct|right|the|my|a|too|nicht|abgelaufen|falsch|weg)\b)[""'“”]?\S+",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<keep>\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|\bxox[a-z]-[A-Za-z0-9-]+|\bgh[pousr]_[A-Za-z0-9]{16,}|\bsk-[A-Za-z0-9_-]{12,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]+", RegexOptions.None, 1000)]
    private static partial Regex WellKnownKey();

    /// <summary>Long, with letters and digits mixed: nobody names an account or an error like that.</summary>
    [GeneratedRegex(@"\b(?=[A-Za-z0-9+/_=-]*[A-Za-z])(?=[A-Za-z0-9+/_=-]*\d)[A-Za-z0-9+/_=-]{28,}", RegexOptions.None, 1000)]
    private static partial Regex LongToken();

    /// <summary>Six to eight digits that stand alone, as codes by mail and message do.</summary>
    [GeneratedRegex(@"(?<![\w.-])\d{3}[ -]?\d{3,5}(?![\w.-])", RegexOptions.None, 1000)]
    private static partial Regex Code();
}

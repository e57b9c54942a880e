namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>Words that are the same to us although they are spelled apart.</summary>
internal static class WordForms
{
    private static readonly Dictionary<string, string> Same = Groups(
        "not cant cannot couldnt wont doesnt dont didnt isnt arent wasnt hasnt havent unable nicht kein keine keinen no",
        "login logon signin signon log logging anmelden anmeldung einloggen",
        "work working works worked funktioniert funktionieren geht klappt",
        "email mail emails mails e-mail",
        "wifi wlan wireless",
        "phone smartphone mobile handy");

    public static string Of(Token token, Token? next) =>
        token.Word == "sign" && next?.Word is "in" or "on" or "into" ? "login"
        : Same.GetValueOrDefault(token.Word) ?? Same.GetValueOrDefault(token.Stem) ?? token.Stem;

    private static Dictionary<string, string> Groups(params string[] groups)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in groups.Select(g => g.Split(' ')))
        {
            foreach (var word in words)
                forms[word] = Stemmer.Stem(words[0]);
        }

        return forms;
    }
}

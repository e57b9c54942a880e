using System.Text.RegularExpressions;

using ItOps.Bot.Knowledge;

namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>
/// One word: folded, its stem, in which clause of the text it stands, and whether that clause only tells when or why. <paramref name="Said"/> is what was
/// written when the word was respelled (<paramref name="By"/>), which it then is with some <paramref name="Likeness"/>.
/// </summary>
internal readonly record struct Token(string Word, string Stem, int Clause, bool Aside, string Said, WordMatch By = WordMatch.Word, float Likeness = 1)
{
    public Token As(string word, WordMatch by, float likeness) => this with { Word = word, Stem = Stemmer.Stem(word), By = by, Likeness = likeness };
}

/// <summary>Cuts a text into words and clauses.</summary>
internal static partial class Tokenizer
{
    // Beyond this a message is a pasted log; its beginning says what is wanted.
    private const int MostTokens = 160;
    private const int MostLetters = 4_000;

    private static readonly HashSet<string> ClauseWords = ["but", "although", "though", "instead", "aber", "sondern", "obwohl", "stattdessen", "pero", "sino", "aunque", "mais"];

    /// <summary>What begins the name of an account that no person signs in with: "svc-backup" is about an account, not about backups.</summary>
    private static readonly HashSet<string> AccountPrefixes = ["svc", "srv", "adm"];

    private static readonly HashSet<string> AsideWords =
    [
        "after", "since", "when", "whenever", "while", "because", "before", "nachdem", "seit", "seitdem", "wenn", "waehrend", "weil", "bevor",
        "cuando", "porque", "despues", "depuis", "quand", "lorsque", "apres",
    ];

    /// <summary>What French leaves out a vowel after: "l'imprimante", "n'ouvre", "qu'il".</summary>
    private static readonly HashSet<string> Elisions = ["l", "d", "j", "n", "s", "m", "t", "c", "qu"];

    public static List<Token> Tokens(string text)
    {
        var folded = DriveLetter().Replace(Folding.Fold(text.Length > MostLetters ? text[..MostLetters] : text), "$1 drive");
        var tokens = new List<Token>();
        var clause = 0;
        var aside = false;
        var position = 0;
        while (position < folded.Length && tokens.Count < MostTokens)
        {
            var c = folded[position];
            if (char.IsLetterOrDigit(c))
            {
                position = ReadWord(folded, position, tokens, ref clause, ref aside);
                continue;
            }

            if (EndsClause(folded, position))
                (clause, aside) = (clause + 1, false);
            position++;
        }

        return tokens;
    }

    private static bool EndsClause(string text, int at) => text[at] switch
    {
        '.' or '!' or '?' or ';' or ',' or '\n' or '(' or ')' or '—' or '–' => true,
        ':' => at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]),
        _ => false,
    };

    private static int ReadWord(string text, int start, List<Token> tokens, ref int clause, ref bool aside)
    {
        var end = start;
        while (end < text.Length && Continues(text, start, end))
            end++;

        var written = text.AsSpan(start, end - start);
        var word = written.IndexOfAny('\'', '-') < 0
            ? written.ToString()
            : text[start..end].Replace("'", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (AsideWords.Contains(word))
            (clause, aside) = (clause + 1, true);
        else if (ClauseWords.Contains(word))
            (clause, aside) = (clause + 1, false);
        tokens.Add(new Token(word, Stemmer.Stem(word), clause, aside, word));
        return end;
    }

    private static bool Continues(string text, int start, int at)
    {
        var c = text[at];
        if (char.IsLetterOrDigit(c))
            return true;
        if (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]))
            return false;

        // "can't" and "wi-fi" are one word, "sign-in" and "VPN-Verbindung" are two; an address, a file name, a version or a service account's name stays whole.
        return c switch
        {
            '\'' => !Elisions.Contains(text[start..at]),
            '-' => (at - start <= 2 || AccountPrefixes.Contains(text[start..at])) && !text.AsSpan(start, at - start).Contains('-'),
            '@' or '_' => true,
            '.' => text.AsSpan(start, at - start).Contains('@') || (char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1])),
            _ => false,
        };
    }

    /// <summary>"G:" is said of a drive; "a:" and "q:" begin answers and questions.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])([c-pr-z]):(?=$|[\s\\/.,;!?)])", RegexOptions.None, 1000)]
    private static partial Regex DriveLetter();
}

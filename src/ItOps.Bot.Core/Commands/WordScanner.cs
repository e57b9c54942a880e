using System.Globalization;
using System.Text;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Commands;

/// <summary>Reads one word of a simple command.</summary>
internal static class WordScanner
{
    public static bool IsBare(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or ':' or '=' or '@' or '+' or ',' or '-';

    /// <summary>Inside single quotes nothing is special; inside double ones a shell would still act on some.</summary>
    public static bool MayStandIn(char quote, Rune rune)
    {
        if (rune.Value == quote || rune.Value is '{' or '}')
            return false;
        if (rune.IsAscii)
            return rune.Value is >= ' ' and <= '~' && (quote == '\'' || rune.Value is not ('$' or '`' or '\\' or '!'));

        // Letters and digits of all languages; no blanks that look like one, no marks that change the direction, nothing invisible.
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber;
    }

    public static (CommandWord? Word, CommandRefusal? Refusal) Read(string line, int start, bool first) => line[start] switch
    {
        '\'' or '"' when first => (null, new(start, "the program stands without quotes")),
        '\'' or '"' => Quoted(line, start),
        '{' => Parameter(line, start, first),
        _ => Bare(line, start, first),
    };

    private static (CommandWord? Word, CommandRefusal? Refusal) Bare(string line, int start, bool first)
    {
        var end = start;
        while (end < line.Length && IsBare(line[end]) && !(first && line[end] is '=' or '/' or ':'))
            end++;
        if (end < line.Length && line[end] != ' ')
            return (null, new(end, Why(line, end, first)));
        return (new(line[start..end], null, start, end), null);
    }

    private static (CommandWord? Word, CommandRefusal? Refusal) Quoted(string line, int start)
    {
        var quote = line[start];
        var at = start + 1;
        while (at < line.Length && line[at] != quote)
        {
            if (!Rune.TryGetRuneAt(line, at, out var rune) || !MayStandIn(quote, rune))
                return (null, new(at, Why(line, at, first: false)));
            at += rune.Utf16SequenceLength;
        }

        if (at == line.Length)
            return (null, new(start, "the quote is never closed"));
        if (at == start + 1)
            return (null, new(start, "there is nothing between the quotes"));
        return Ends(line, at + 1) ? (new(line[(start + 1)..at], null, start, at + 1), null) : (null, new(at + 1, "a word is wholly in quotes or not at all"));
    }

    private static (CommandWord? Word, CommandRefusal? Refusal) Parameter(string line, int start, bool first)
    {
        var end = line.IndexOf('}', start) + 1;
        if (first || end == 0 || ArgumentValue.Parse(line[start..end]) is not ArgumentValue.Reference { Name: var name })
            return (null, new(start, first ? "a program is never a parameter" : "this is not one {parameter}"));
        return Ends(line, end) ? (new(line[start..end], name, start, end), null) : (null, new(end, "a parameter is a word of its own"));
    }

    private static bool Ends(string line, int at) => at == line.Length || line[at] == ' ';

    private static string Why(string line, int at, bool first) => line[at] switch
    {
        '|' => "'|' passes output to another program",
        '>' or '<' => $"'{line[at]}' redirects input or output",
        ';' => "';' begins another command",
        '&' => "'&' begins another command or puts one into the background",
        '$' => "'$' stands for a variable or another command",
        '`' => "a back quote stands for another command",
        '\\' => "a backslash changes what the next character means",
        '*' or '?' or '[' or ']' => $"'{line[at]}' stands for names of files",
        '~' => "'~' stands for a folder",
        '(' or ')' => $"'{line[at]}' begins or ends another command",
        '{' or '}' => "a parameter is a word of its own, outside quotes",
        '#' => "'#' begins a comment",
        '!' => "'!' stands for an earlier command",
        '%' => "'%' stands for a variable",
        '^' => "'^' changes what the next character means",
        '=' when first => "'=' sets a variable",
        '/' or ':' when first => "a program is named without its folder; the allow-list knows where it is",
        '\'' or '"' => "a word is wholly in quotes or not at all",
        '\n' or '\r' => "a line break begins another command",
        var c when c is < ' ' or '\u007F' => $"there is an invisible character (U+{(int)c:X4})",
        var c when c > '~' => $"there is a character that may stand in quotes only, if at all (U+{(int)c:X4})",
        var c => $"'{c}' may stand in quotes only",
    };
}

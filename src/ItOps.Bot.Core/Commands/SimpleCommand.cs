using System.Globalization;

namespace ItOps.Bot.Commands;

/// <summary>
/// One program with literal arguments, as a person writes it in one line. Words are separated by blanks; a word is bare (letters, digits and <c>_ . / : = @ + , -</c>),
/// wholly in single or double quotes, or exactly one <c>{parameter}</c>. Everything that a shell would act on outside quotes, and inside double ones, is refused,
/// so that what is read by a person, by us and by a shell is the same. Nothing is ever expanded, joined or substituted.
/// </summary>
public sealed class SimpleCommand
{
    public const int LongestLine = 256;
    public const int MostWords = 20;

    private SimpleCommand(IReadOnlyList<CommandWord> words) => Words = words;

    /// <summary>The program first; never empty.</summary>
    public IReadOnlyList<CommandWord> Words { get; }

    public string Program => Words[0].Text;

    /// <summary>The command, or the first place that is wrong.</summary>
    public static (SimpleCommand? Command, CommandRefusal? Refusal) Parse(string line)
    {
        if (line.Length > LongestLine)
            return (null, new(LongestLine, $"the line has {line.Length} characters; {LongestLine} are the most"));
        var words = new List<CommandWord>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] == ' ')
            {
                at++;
                continue;
            }

            if (words.Count == MostWords)
                return (null, new(at, $"there are more than {MostWords} words"));
            var (word, refusal) = WordScanner.Read(line, at, first: words.Count == 0);
            if (word is null)
                return (null, refusal);
            words.Add(word);
            at = word.End;
        }

        return words.Count == 0 ? (null, new(0, "there is no command")) : (new(words), null);
    }

    /// <summary>The line with its parameters filled in, written so that it reads back as the same words; none when a value is missing or cannot be written.</summary>
    public string? Fill(Func<string, string?> value)
    {
        var words = Words.Select(w => w.Parameter is { } name ? value(name) : w.Text).ToList();
        return words.TrueForAll(w => w is not null) && Words.Zip(words).All(w => w.First.Parameter is null || IsPlainValue(w.Second!)) ? Write(words!) : null;
    }

    /// <summary>Words as one line that reads back as the same words; none when one of them cannot be written.</summary>
    public static string? Write(IReadOnlyList<string> words)
    {
        var written = words.Select(Write).ToList();
        return written.Contains(null) ? null : string.Join(' ', written);
    }

    /// <summary>What a value of a parameter may be: something that no program takes for an option.</summary>
    public static bool IsPlainValue(string value) => value.Length > 0 && CharUnicodeInfo.GetUnicodeCategory(value, 0) != UnicodeCategory.DashPunctuation;

    private static string? Quoted(string word, char quote) =>
        word.Length > 0 && word.EnumerateRunes().All(r => WordScanner.MayStandIn(quote, r)) ? $"{quote}{word}{quote}" : null;

    private static string? Write(string word)
    {
        if (word.Length > 0 && word.All(WordScanner.IsBare))
            return word;
        return Quoted(word, '\'') ?? Quoted(word, '"');
    }
}

/// <summary>One word. <paramref name="Parameter"/> is there when the word is exactly one parameter. Columns count from 0; <paramref name="End"/> is the one after it.</summary>
public sealed record CommandWord(string Text, string? Parameter, int Column, int End);

/// <summary>Why a line is no simple command, and at which column (from 0).</summary>
public sealed record CommandRefusal(int Column, string Why)
{
    /// <summary>In one line, with the place marked.</summary>
    public string In(string line) => $"column {Column + 1}: {Why}; here: {line[..Math.Min(Column, line.Length)]}▸{line[Math.Min(Column, line.Length)..]}";

    /// <summary>The line and a caret below it.</summary>
    public string Marked(string line) => $"{line}{Environment.NewLine}{new string(' ', Column)}^ {Why}";
}

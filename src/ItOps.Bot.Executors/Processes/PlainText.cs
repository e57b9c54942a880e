using System.Text.RegularExpressions;

namespace ItOps.Bot.Executors.Processes;

/// <summary>Makes a line of a program's output harmless to whoever shows it: no terminal sequences, no control or direction-changing characters.</summary>
internal static partial class PlainText
{
    public static string Of(string line)
    {
        if (!line.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return line;
        var text = TerminalSequence().Replace(line, "");
        return string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Visible(source[i]);
        });
    }

    // Control characters appear as their Unicode pictures, so that one can see that they were there.
    private static char Visible(char c) => c switch
    {
        '\t' => ' ',
        < ' ' => (char)('\u2400' + c),
        '\u007F' => '\u2421',
        >= '\u0080' and <= '\u009F' => '\uFFFD',
        '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => '\uFFFD',
        '\u2028' or '\u2029' => '\uFFFD',
        _ => c,
    };

    // ECMA-48: control sequences (CSI), and strings (OSC, DCS, PM, APC) up to their terminator.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]|\x1B[\]P^_][^\x07\x1B]*(?:\x07|\x1B\\)?|\x1B[ -/]*[0-Z\\`-~]")]
    private static partial Regex TerminalSequence();
}

using System.Buffers;
using System.Text;

namespace ItOps.Bot.Dialogs;

/// <summary>
/// A message as plain words beside the text they stand in, so that what is left after a move's own words keeps the person's spelling.
/// </summary>
internal sealed class UtteranceText
{
    /// <summary>Around a move these say nothing: "please stop", "no, thanks".</summary>
    private static readonly HashSet<string> Polite =
    [
        "please", "pls", "plz", "kindly", "hey", "hi", "hello", "ok", "okay", "well", "oh", "ah", "um", "hm", "hmm", "actually", "sorry", "just", "now", "then",
        "thanks", "thx", "bot", "bitte", "danke", "ach", "naja", "doch", "mal", "jetzt", "dann", "hallo",
    ];

    private static readonly SearchValues<char> Pauses = SearchValues.Create(",.;:!-–—…\n");

    private readonly string _text;
    private readonly List<(string Word, int Start, int End)> _words;

    public UtteranceText(string text)
    {
        _text = text;
        _words = Words(text);
    }

    public bool HasWords => _words.Count > 0;

    public IReadOnlyList<string> All => [.. _words.Select(w => w.Word)];

    /// <summary>The words in one line, with politeness at both ends taken away; "" when nothing else was said.</summary>
    public string Core
    {
        get
        {
            var first = 0;
            var last = _words.Count - 1;
            while (first <= last && (Polite.Contains(_words[first].Word) || Thanks(first)))
                first += Thanks(first) ? 2 : 1;
            while (last >= first && (Polite.Contains(_words[last].Word) || Thanks(last - 1)))
                last -= Thanks(last - 1) ? 2 : 1;
            return string.Join(' ', _words.Skip(first).Take(Math.Max(0, last - first + 1)).Select(w => w.Word));
        }
    }

    public string Line => string.Join(' ', _words.Select(w => w.Word));

    /// <summary>Whether there is a pause (a comma, a dash, a full stop) between the first <paramref name="count"/> words and the next.</summary>
    public bool PausesAfter(int count) =>
        count > 0 && count < _words.Count && _text.AsSpan(_words[count - 1].End, _words[count].Start - _words[count - 1].End).ContainsAny(Pauses);

    /// <summary>The original text behind the first <paramref name="count"/> words.</summary>
    public string After(int count) => count >= _words.Count ? "" : _text[_words[count].Start..].Trim();

    private bool Thanks(int at) => at >= 0 && at + 1 < _words.Count && _words[at].Word == "thank" && _words[at + 1].Word == "you";

    private static List<(string Word, int Start, int End)> Words(string text)
    {
        var words = new List<(string, int, int)>();
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || (IsJoiner(text[at]) && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))))
                at++;
            words.Add((Plain(text.AsSpan(start, at - start)), start, at));
        }

        return words;
    }

    private static bool IsJoiner(char c) => c is '\'' or '’' or '@' or '_';

    private static string Plain(ReadOnlySpan<char> word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            var small = char.ToLowerInvariant(c);
            _ = small switch
            {
                '\'' or '’' => plain,
                'ä' => plain.Append("ae"),
                'ö' => plain.Append("oe"),
                'ü' => plain.Append("ue"),
                'ß' => plain.Append("ss"),
                _ => plain.Append(small),
            };
        }

        return plain.ToString();
    }
}

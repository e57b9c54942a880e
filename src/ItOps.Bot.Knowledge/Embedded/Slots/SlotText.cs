using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>
/// One word as it was written. <paramref name="Value"/> has lost the punctuation around it; <paramref name="Ends"/> says that a pause follows.
/// A word with a character that some program might act on is not <paramref name="Safe"/>: it is no value and no part of one, and it is not cleaned,
/// because what is left after cleaning is not what the person wrote.
/// </summary>
internal sealed record SlotWord(string Value, bool Safe, bool Ends, int Position)
{
    public string Small { get; } = Folding.Fold(Value);

    public WordClass Class { get; } = WordClasses.Of(Stemmer.Stem(Folding.Fold(Value)));

    public bool IsCapital => Value.Length > 1 && char.IsUpper(Value[0]);

    public bool HasDigit => Value.Any(char.IsAsciiDigit);

    public bool IsUpper => Value.Length > 1 && Value.All(c => !char.IsLetter(c) || char.IsUpper(c)) && Value.Any(char.IsLetter);
}

/// <summary>A message as words with their neighbours.</summary>
internal sealed partial class SlotText
{
    /// <summary>"Mr." is no end of a sentence.</summary>
    private static readonly HashSet<string> Titles = ["mr", "mrs", "ms", "dr", "prof", "hr", "fr", "sr", "sra", "mme", "st"];

    private static readonly SlotWord Nothing = new("", false, true, -1);

    private readonly List<SlotWord> _words = [];

    public SlotText(string text)
    {
        Original = text;
        foreach (var line in Aside().Replace(text, " , ${inside} , ").Split('\n'))
        {
            var before = _words.Count;
            foreach (var raw in line.Split([' ', '\t', '\r', '\u00a0'], StringSplitOptions.RemoveEmptyEntries))
                Add(raw);
            if (_words.Count > before)
                _words[^1] = _words[^1] with { Ends = true };
        }
    }

    public string Original { get; }

    public IReadOnlyList<SlotWord> Words => _words;

    public SlotWord At(int position) => position >= 0 && position < _words.Count ? _words[position] : Nothing;

    public bool Mentions(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (_words.Exists(w => w.Small == word))
                return true;
        }

        return false;
    }

    /// <summary>Words in brackets with a blank around them, an aside such as "(Tom and Lea)": the brackets are punctuation. One word alone keeps them, and what reads it knows.</summary>
    [GeneratedRegex(@"(?<![^\s])\((?<inside>[\p{L}][\p{L}\p{N}@., _'’-]* [\p{L}\p{N}@., _'’-]*)\)(?=[\s,.;:!?]|$)", RegexOptions.None, 1000)]
    private static partial Regex Aside();

    private void Add(string raw)
    {
        if (raw == ",")
        {
            End();
            return;
        }

        var value = raw.TrimEnd(',', '.', '!', '?', ':');
        var ends = value.Length < raw.Length && !Titles.Contains(Folding.Fold(value));
        if (value.Length > 2 && (value[0], value[^1]) is ('(', ')') or ('"', '"') or ('\'', '\'') or ('“', '”') or ('„', '“'))
            value = value[1..^1];
        if (value.Length == 0 || value is "-" or "–" or "—" or "/")
        {
            End();
            return;
        }

        // "7:" alone is punctuation, "G:" is a drive.
        if (raw.Length >= 2 && value.Length == 1 && char.IsAsciiLetterUpper(value[0]) && raw[1] == ':')
            value += ":";
        _words.Add(new SlotWord(value, SlotValue.IsSafe(value), ends, _words.Count));
    }

    private void End()
    {
        if (_words.Count > 0)
            _words[^1] = _words[^1] with { Ends = true };
    }
}

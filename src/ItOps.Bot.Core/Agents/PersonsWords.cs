using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Agents;

/// <summary>What a person wrote, to look quotes up in: whole words, whatever their case, spacing and punctuation. What comes back is what the person wrote.</summary>
public sealed partial class PersonsWords
{
    private readonly string _text;
    private readonly Word[] _words;

    /// <summary>A word as it is compared, and where it stands.</summary>
    private readonly record struct Word(string Said, int Start, int End);

    public PersonsWords(string text)
    {
        _text = text.Normalize(NormalizationForm.FormC);
        _words = [.. Split(_text)];
    }

    /// <summary>The quote as the person wrote it, on one line; none when it does not stand there, word after word.</summary>
    public string? Find(string quote) => Take(quote, most: 1) is { } found ? Written(found) : null;

    /// <summary>The quote as the person wrote it, put together from at most so many pieces that stand there in this order; none when it cannot be.</summary>
    public string? Join(string quote, int most) => Take(quote, most) is { } last ? Written(last) : null;

    /// <summary>As much as may be of what the person wrote; of a longer text, from where the quote's pieces begin in it.</summary>
    public string Around(string quote, int most, int length)
    {
        if (_text.Length <= length)
            return _text;
        var first = Take(quote, most);
        while (first?.Before is not null)
            first = first.Before;
        var start = first is null ? 0 : Math.Min(_words[first.From].Start, _text.Length - length);
        var end = start + length;

        // No half of a character at either end.
        return _text[(char.IsLowSurrogate(_text[start]) ? start + 1 : start)..(char.IsHighSurrogate(_text[end - 1]) ? end - 1 : end)];
    }

    /// <summary>Words that stand next to each other in the text, and what was taken before them.</summary>
    private sealed record Piece(Piece? Before, int From, int To);

    /// <summary>The last of the pieces, as few as can be; none when so many do not make up the quote. In time that grows with the text, whatever the quote is.</summary>
    private Piece? Take(string quote, int most)
    {
        var wanted = Split(quote.Normalize(NormalizationForm.FormC)).Select(w => w.Said).ToArray();
        if (wanted.Length == 0)
            return null;

        // By how many pieces hold how many of the wanted words: as early in the text as can be, which leaves the most room; and up to the word before this one.
        var reached = new Piece?[most + 1, wanted.Length + 1];
        var going = new Piece?[most + 1, wanted.Length + 1];
        for (var at = 0; at < _words.Length; at++)
        {
            for (var pieces = most; pieces > 0; pieces--)
            {
                for (var held = wanted.Length - 1; held >= 0; held--)
                {
                    var piece = wanted[held] != _words[at].Said ? null
                        : going[pieces, held] is { } before ? before with { To = at + 1 }
                        : held == 0 ? new Piece(null, at, at + 1)
                        : reached[pieces - 1, held] is { } done ? new Piece(done, at, at + 1)
                        : null;
                    going[pieces, held + 1] = piece;
                    reached[pieces, held + 1] ??= piece;
                }
            }
        }

        return Enumerable.Range(1, most).Select(pieces => reached[pieces, wanted.Length]).FirstOrDefault(p => p is not null);
    }

    private string Written(Piece last)
    {
        var words = Blanks().Replace(_text[_words[last.From].Start.._words[last.To - 1].End], " ");
        return last.Before is null ? words : $"{Written(last.Before)} {words}";
    }

    /// <summary>Letters, digits and what joins them inside a word ("o'brien", "user@example.com", "10.0.0.7", "xps-13"); marks stay with their letter.</summary>
    private static IEnumerable<Word> Split(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (at < text.Length && IsOfAWord(rune))
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                if (Trimmed(text, start, at) is { Said.Length: > 0 } word)
                    yield return word;
                start = -1;
            }

            at += Math.Max(length, 1);
        }
    }

    private static bool IsOfAWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || rune.Value is '@' || Joins((char)rune.Value) && rune.IsBmp
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static bool Joins(char c) => c is '\'' or '’' or '.' or '-' or '_' or '/' or '\\' or '+' or '&' or '#';

    private static Word Trimmed(string text, int start, int end)
    {
        while (start < end && Joins(text[start]))
            start++;
        while (end > start && Joins(text[end - 1]))
            end--;
        var said = text[start..end].ToLowerInvariant().Replace('’', '\'');
        return said.EndsWith("'s", StringComparison.Ordinal) ? new(said[..^2], start, end - 2) : new(said, start, end);
    }

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}

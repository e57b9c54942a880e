using System.Text;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// A text whose facts are taken out before it is put into other words and put back after: addresses, paths, commands, codes, numbers, names, what is quoted.
/// What comes back is taken only when each fact is in it once and nothing of their kind was added.
/// </summary>
internal sealed partial class FixedParts
{
    private const char Open = '⟦';
    private const char Close = '⟧';

    private readonly string _original;
    private readonly List<string> _parts = [];

    public FixedParts(string original)
    {
        _original = original;
        Marked = Fact().Replace(original, fact =>
        {
            _parts.Add(fact.Value);
            return $"{Open}{_parts.Count}{Close}";
        });
    }

    /// <summary>The text with numbered marks in the places of its facts.</summary>
    public string Marked { get; }

    /// <summary>The other words with the facts back in them; none when they cannot be trusted.</summary>
    public string? Restore(string rendered)
    {
        rendered = rendered.Trim();
        if (rendered.Length == 0 || rendered.Length > (Marked.Length * 3) + 40 || rendered.Length * 4 < Marked.Length || rendered.Count(c => c == '\n') != Marked.Count(c => c == '\n')
            || rendered.Count(c => c == '/') > Marked.Count(c => c == '/'))
        {
            return null;
        }

        var found = Mark().Matches(rendered).Select(m => m.Value).Order(StringComparer.Ordinal);
        if (!found.SequenceEqual(_parts.Select((_, i) => $"{Open}{i + 1}{Close}").Order(StringComparer.Ordinal)))
            return null;
        if (Foreign().IsMatch(Mark().Replace(rendered, "")))
            return null;
        var text = new StringBuilder(rendered);
        for (var i = 0; i < _parts.Count; i++)
            text.Replace($"{Open}{i + 1}{Close}", _parts[i]);
        return text.ToString();
    }

    public override string ToString() => _original;

    /// <summary>
    /// In this order: what is quoted or code; addresses; paths; words with digits, or with capitals inside; single capitalised words that do not begin a sentence.
    /// </summary>
    [GeneratedRegex(
        """(?:"[^"\n]{1,200}"|“[^”\n]{1,200}”|`[^`\n]{1,200}`)|\b[a-z]+://[^\s"]+|\bwww\.[^\s"]+|[\w.+-]+@[\w.-]+|(?:[A-Za-z]:\\|\\\\)[^\s,;]+|(?<=^|[\s(])~?/[\w./-]+|\{[a-z_]+\}|\S*\d[\w.:%/-]*|\b\w*[a-zA-Z]?[A-Z]{2,}\w*|\b\w*[a-z][A-Z]\w*|(?<=[a-z0-9,;] )[A-Z][\w-]*(?: [A-Z][\w-]*)*""",
        RegexOptions.None, 1000)]
    private static partial Regex Fact();

    [GeneratedRegex("⟦[0-9]{1,3}⟧")]
    private static partial Regex Mark();

    /// <summary>Numbers, addresses, mentions and markup: facts, or shown as something else than words.</summary>
    [GeneratedRegex(@"[\p{N}⟦⟧@<>{}\[\]`*_#|\\""“”„«»\p{Cc}\p{Cf}\p{Co}\p{Cs}-[\n]]|://|\bwww\.|\w\.[a-z]{2,}\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Foreign();
}

using System.Reflection;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Replies;

/// <summary>
/// Texts that are the same for everybody: those that stand in a runbook, and those of <see cref="Words"/> that name nothing. Found again inside what is said,
/// so that only they are ever put into another language.
/// </summary>
internal sealed class FixedTexts
{
    /// <summary>Shorter ones ("Yes") say too little to be told from a part of something else.</summary>
    private const int Shortest = 12;

    private static readonly Lazy<string[]> s_words = new(() =>
    [
        .. typeof(Words).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.PropertyType == typeof(string) && p.Name != nameof(Words.Language))
            .Select(p => (string)p.GetValue(Words.English)!),
    ]);

    private readonly Dictionary<string, List<string>> _byBeginning = new(StringComparer.Ordinal);

    public FixedTexts(IEnumerable<Runbook> runbooks)
    {
        foreach (var text in s_words.Value.Concat(runbooks.SelectMany(TextsOf)).Where(t => t.Length >= Shortest).Distinct(StringComparer.Ordinal).OrderByDescending(t => t.Length))
        {
            if (!_byBeginning.TryGetValue(text[..Shortest], out var same))
                _byBeginning[text[..Shortest]] = same = [];
            same.Add(text);
        }
    }

    /// <summary>Which of them stand in a text, and where; the longest first where several do.</summary>
    public IEnumerable<(int At, string Text)> In(string said)
    {
        var lookup = _byBeginning.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at + Shortest <= said.Length; at++)
        {
            if (!lookup.TryGetValue(said.AsSpan(at, Shortest), out var candidates) || candidates.Find(c => string.CompareOrdinal(said, at, c, 0, c.Length) == 0) is not { } text)
                continue;
            yield return (at, text);
            at += text.Length - 1;
        }
    }

    private static IEnumerable<string> TextsOf(Runbook runbook) =>
        [.. runbook.Parameters.Select(p => p.Ask), runbook.Done, .. runbook.Steps.SelectMany(TextsOf)];

    private static IEnumerable<string> TextsOf(RunbookStep step) => step switch
    {
        GuideStep guide => guide.Expect is null ? [guide.Text] : [guide.Text, guide.Expect],
        PasteStep paste => [paste.Text, .. paste.Read.Select(r => r.Text).OfType<string>()],
        _ => [],
    };
}

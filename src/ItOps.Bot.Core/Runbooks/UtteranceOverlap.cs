namespace ItOps.Bot.Runbooks;

/// <summary>
/// Finds utterances by which one runbook would take requests from another: the same words, or the same but for one. Works on hashes of word
/// sets, so that a thousand runbooks are a matter of milliseconds.
/// </summary>
internal static class UtteranceOverlap
{
    // Below this many words, leaving one out changes the meaning ("unlock account" and "delete account").
    private const int EnoughWordsToDropOne = 5;

    private static readonly HashSet<string> Filler =
    [
        "a", "an", "the", "my", "i", "im", "me", "please", "pls", "can", "could", "you", "to", "is", "am", "be", "it", "of",
        "bitte", "ich", "mein", "meine", "meinen", "der", "die", "das", "den", "ein", "eine", "ist",
    ];

    private sealed record Place(RunbookSource Source, string Path, string Text);

    /// <param name="sources">The whole catalogue.</param>
    /// <param name="about">The runbook in whose lines an overlap is shown; of any others it is the one whose id comes later.</param>
    public static IEnumerable<SourceProblem> Find(IEnumerable<RunbookSource> sources, string? about = null)
    {
        var seen = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
        var reported = new HashSet<(string, string, string)>();
        var findings = new List<SourceProblem>();

        foreach (var source in sources.OrderBy(s => s.Runbook.Id == about).ThenBy(s => s.Runbook.Id, StringComparer.Ordinal))
        {
            for (var i = 0; i < source.Runbook.Utterances.Count; i++)
            {
                var text = source.Runbook.Utterances[i];
                foreach (var key in Keys(text))
                {
                    var here = new Place(source, $"utterances[{i}]", text);
                    var others = seen.TryGetValue(key, out var list) ? list : seen[key] = [];
                    foreach (var other in others.Where(o => o.Source.Runbook.Id != source.Runbook.Id))
                    {
                        if (reported.Add((other.Source.Runbook.Id, other.Text, here.Path)))
                            findings.Add(Overlap(here, other));
                    }

                    others.Add(here);
                }
            }
        }

        return findings;
    }

    private static SourceProblem Overlap(Place here, Place other) => new(
        here.Source.Runbook.Source, here.Source.LineOf(here.Path),
        $"'{here.Text}' would steal from '{other.Source.Runbook.Id}', which has '{other.Text}'; keep it in one of them, or make the difference plain");

    private static IEnumerable<string> Keys(string text)
    {
        var words = Words(text);
        if (words.Count == 0)
            yield break;

        yield return string.Join(" ", words);
        if (words.Count < EnoughWordsToDropOne)
            yield break;

        foreach (var dropped in words)
            yield return string.Join(" ", words.Where(w => w != dropped));
    }

    private static SortedSet<string> Words(string text)
    {
        var letters = string.Concat(text.ToLowerInvariant().Where(c => c is not ('\'' or '’')).Select(c => char.IsLetterOrDigit(c) ? c : ' '));
        return new SortedSet<string>(letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !Filler.Contains(w)), StringComparer.Ordinal);
    }
}

namespace ItOps.Bot.Runbooks;

/// <summary>
/// A runbook beside the file it was read from. <paramref name="Lines"/> says where each part stands, by path: <c>id</c>, <c>utterances[2]</c>,
/// <c>steps[0].with.account</c>, <c>body</c>. <paramref name="Scripts"/> are the script files beside the runbook, as paths like those in
/// <see cref="ScriptStep.File"/>.
/// </summary>
public sealed record RunbookSource(Runbook Runbook, IReadOnlyDictionary<string, int> Lines, IReadOnlySet<string> Scripts)
{
    /// <summary>The line of <paramref name="path"/>, or of the nearest part around it that is written down; starts at 1.</summary>
    public int LineOf(string path)
    {
        for (var part = path; part.Length > 0; part = Around(part))
        {
            if (Lines.TryGetValue(part, out var line))
                return line;
        }

        return 1;
    }

    private static string Around(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}

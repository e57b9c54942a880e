namespace ItOps.Bot.Runbooks;

/// <summary>One file of a bundle: its path relative to the runbook folder, with forward slashes, and its bytes.</summary>
public sealed record BundleFile(string Path, byte[] Content);

/// <summary>A runbook with everything that belongs to it: its file, its scripts, its tests. <see cref="Files"/> are ordered by path.</summary>
public sealed record BundledRunbook(RunbookSource Source, IReadOnlyList<BundleFile> Files);

/// <summary>What somebody brings along, read as a whole. With any problem there are no runbooks: a bundle is taken whole or not at all.</summary>
public sealed record RunbookBundle(IReadOnlyList<BundledRunbook> Runbooks, IReadOnlyList<SourceProblem> Problems)
{
    /// <summary>Made of plain instructions: somebody must go through them before anybody is helped with them.</summary>
    public bool AreDrafts { get; init; }
}

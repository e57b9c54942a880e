namespace ItOps.Bot.Runbooks;

/// <summary>
/// Reads what is imported, which may be hostile, and packs what is exported. Bounded in memory by the sizes it refuses; writes nothing anywhere.
/// </summary>
public interface IRunbookBundles
{
    /// <summary>
    /// Files of a folder; one <c>.md</c>; or one <c>.csv</c> or <c>.json</c> of plain instructions, which become drafts.
    /// </summary>
    /// <param name="files">Paths as in <see cref="BundleFile"/>, as somebody else wrote them.</param>
    /// <param name="category">For what lies in no category's folder; null when everything must.</param>
    RunbookBundle Read(IReadOnlyCollection<BundleFile> files, string? category = null);

    /// <summary>The same out of a zip. The stream is read once, and no further than the largest zip that is taken.</summary>
    RunbookBundle ReadZip(Stream zip, string? category = null);

    /// <summary>
    /// What keeps the bundle from becoming part of the library: versions that are not higher, everything the linter would newly say, and requests that
    /// it would take from others. What is in the library already, byte for byte the same, is for the caller to leave out first.
    /// </summary>
    IReadOnlyList<SourceProblem> Check(IReadOnlyCollection<RunbookSource> library, RunbookBundle incoming);

    /// <summary>A zip with these files: the same files give the same bytes, whenever and wherever.</summary>
    byte[] ToZip(IEnumerable<BundleFile> files);
}

using System.Text;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>What an import became: drafts, or why there are none. With any problem nothing was kept.</summary>
public sealed record ImportAnswer(LibraryRefusal? Refusal, IReadOnlyList<SourceProblem> Problems, IReadOnlyList<RunbookVersion> Drafts, int Unchanged);

/// <summary>Takes runbooks in as drafts, all of them or none, and gives out what is in force.</summary>
public sealed class RunbookTransfer(IRunbookBundles bundles, RunbookCatalog catalog, RunbookDrafts drafts, RunbookAuthors authors)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="author">Who brings it.</param>
    /// <param name="name">The file's name, which says what it is: .zip, .md, .csv or .json.</param>
    /// <param name="content">Read once, and no further than what is taken.</param>
    /// <param name="category">For what lies in no category's folder.</param>
    /// <param name="dryRun">Only say what is wrong.</param>
    public async Task<ImportAnswer> ImportAsync(Principal author, string name, Stream content, string? category, bool dryRun, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(author, cancellationToken) is { Refusal: { } refusal })
            return new(refusal, [], [], 0);
        var bundle = await ReadAsync(name, content, category, cancellationToken);
        if (bundle.Problems.Count > 0)
            return new(LibraryRefusal.NotClean, bundle.Problems, [], 0);

        var incoming = bundle.Runbooks.Select(r => (r.Source, Content: ContentOf(r))).ToList();
        var news = incoming.Where(i => catalog.Shelf.Edition(i.Source.Runbook.Id)?.Content?.Hash != i.Content.Hash).ToList();
        var unchanged = incoming.Count - news.Count;
        // Numbers are given here, so what a file says of its own is no obstacle. A draft of plain instructions is unfinished by its nature.
        var problems = bundle.AreDrafts ? [] : bundles.Check(catalog.Shelf.Sources, bundle with { Runbooks = [.. news.Select(i => new BundledRunbook(Numbered(i.Source), []))] });
        if (problems.Count > 0)
            return new(LibraryRefusal.NotClean, problems, [], unchanged);
        if (dryRun || news.Count == 0)
            return new(null, [], [], unchanged);
        var saved = await drafts.SaveAllAsync(
            author,
            [.. news.Select(i => new DraftText(i.Source.Runbook.Id, i.Content.Category, i.Content.Text, i.Content.Scripts) { Origin = VersionOrigin.Import, Why = $"Imported from {name}." })],
            cancellationToken);
        return new(saved.Refusal, [], saved.Drafts, unchanged);
    }

    /// <summary>A zip of everything in force, or of one runbook; null when there is no such runbook.</summary>
    public byte[]? Export(string? runbookId)
    {
        var editions = runbookId is null ? catalog.All.Select(r => catalog.Shelf.Edition(r.Id)) : [catalog.Shelf.Edition(runbookId)];
        var contents = editions.Select(e => e?.Content).OfType<RunbookContent>().ToList();
        return contents.Count == 0 ? null : bundles.ToZip(contents.SelectMany(FilesOf).OrderBy(f => f.Path, StringComparer.Ordinal));
    }

    private async Task<RunbookBundle> ReadAsync(string name, Stream content, string? category, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            buffer.Position = 0;
            return bundles.ReadZip(buffer, category);
        }

        var known = catalog.Find(Path.GetFileNameWithoutExtension(name))?.Category;
        return bundles.Read([new(name, buffer.ToArray())], category ?? known);
    }

    private RunbookSource Numbered(RunbookSource source) =>
        source with { Runbook = source.Runbook with { Version = Math.Max(source.Runbook.Version, (catalog.Find(source.Runbook.Id)?.Version ?? 0) + 1) } };

    private static RunbookContent ContentOf(BundledRunbook bundled)
    {
        var path = bundled.Source.Runbook.Source;
        var own = path[..^".md".Length] + "/";
        return new(
            path,
            TextOf(bundled.Files.Single(f => f.Path == path)),
            bundled.Files.Where(f => f.Path.StartsWith(own + "scripts/", StringComparison.Ordinal)).ToDictionary(f => f.Path[own.Length..], TextOf, StringComparer.Ordinal));
    }

    private static string TextOf(BundleFile file) => RunbookContent.Plain(s_utf8.GetString(file.Content).TrimStart('\uFEFF'));

    private static IEnumerable<BundleFile> FilesOf(RunbookContent content) =>
    [
        new(content.Path, s_utf8.GetBytes(content.Text)),
        .. content.Scripts.Select(s => new BundleFile($"{content.Path[..^".md".Length]}/{s.Key}", s_utf8.GetBytes(s.Value))),
    ];
}

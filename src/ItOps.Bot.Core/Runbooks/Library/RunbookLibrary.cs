using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>A runbook in a list. <paramref name="Shown"/> is what is in force, or else its newest version.</summary>
public sealed record LibraryLine(RunbookEntry Entry, Runbook? Shown, LastChange? Changed, IReadOnlyList<RunbookVersion> Open)
{
    /// <summary>How many of the last requests began with it, and how many of those were solved.</summary>
    public int Used { get; init; }

    public int Solved { get; init; }
}

/// <summary>Everything about one runbook; <paramref name="Versions"/> the newest first.</summary>
public sealed record LibraryPage(RunbookEntry Entry, RunbookSource? Source, RunbookVersion? InForce, IReadOnlyList<RunbookVersion> Versions);

/// <summary>Shows the library to those whose work it is: authors, and those who see everybody's requests. To everybody else it is not there.</summary>
public sealed class RunbookLibrary(IRunbookStore store, RunbookCatalog catalog, IRunbookReader reader, IRequestStore requests, RunbookAuthors authors, RequestDesk desk)
{
    public const int RequestsCounted = 500;

    public async Task<bool> MayReadAsync(Principal person, CancellationToken cancellationToken) =>
        await authors.IsAuthorAsync(person, cancellationToken) || await desk.SeesAllAsync(person, cancellationToken);

    public async Task<IReadOnlyList<LibraryLine>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = await store.EntriesAsync(cancellationToken);
        var open = (await store.OpenAsync(cancellationToken)).ToLookup(v => v.RunbookId, StringComparer.Ordinal);
        var changes = await store.LastChangesAsync(cancellationToken);
        var used = (await requests.RecentAsync(RequestsCounted, cancellationToken)).ToLookup(r => r.RunbookId, StringComparer.Ordinal);
        return [.. entries.Select(entry => new LibraryLine(
            entry, Shown(entry, [.. open[entry.RunbookId]]), changes.GetValueOrDefault(entry.RunbookId), [.. open[entry.RunbookId]])
        {
            Used = used[entry.RunbookId].Count(),
            Solved = used[entry.RunbookId].Count(r => r.Helped == true),
        })];
    }

    public async Task<LibraryPage?> OpenAsync(string runbookId, CancellationToken cancellationToken)
    {
        if (await store.EntryAsync(runbookId, cancellationToken) is not { } entry)
            return null;
        var versions = await store.VersionsAsync(runbookId, cancellationToken);
        var inForce = versions.FirstOrDefault(v => v.Number == entry.Published);
        return new(entry, (inForce ?? (versions.Count > 0 ? versions[0] : null)) is { } shown ? reader.Read(shown.Content).Source : null, inForce, versions);
    }

    private Runbook? Shown(RunbookEntry entry, IReadOnlyList<RunbookVersion> open) => entry.Published > 0
        ? catalog.Find(entry.RunbookId, entry.Published)
        : open.Count > 0 ? reader.Read(open[0].Content).Source?.Runbook : null;
}

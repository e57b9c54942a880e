using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// Takes the folder's files in as versions, at the start. What came from the folder follows the folder; what was published here stays in force over its file, and the two are shown
/// to contradict each other until an author decides.
/// </summary>
public sealed class RunbookIntake(IRunbookStore store, RunbookFiles files, Committer committer, TimeProvider time)
{
    private const int Attempts = 10;
    private const int FewEnoughToName = 20;

    public async Task TakeInAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var commit = await CollectAsync(cancellationToken);
            if (commit.IsEmpty || await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
                return;
            // Another process took the same files in meanwhile: what is left to do is looked at anew.
            if (attempt == Attempts)
                throw new InvalidOperationException("The folder's runbooks could not be taken in: other processes keep changing them.");
        }
    }

    private async Task<Commit> CollectAsync(CancellationToken cancellationToken)
    {
        var commit = new Commit();
        var known = (await store.EntriesAsync(cancellationToken)).ToDictionary(e => e.RunbookId, StringComparer.Ordinal);
        foreach (var file in files.Runbooks)
        {
            var entry = known.GetValueOrDefault(file.Source.Runbook.Id);
            if (entry is not null && entry.FileHash == file.Hash && !entry.FileGone)
                continue;
            var versions = entry is null ? [] : await store.VersionsAsync(entry.RunbookId, cancellationToken);
            TakeIn(commit, file, entry ?? new(file.Source.Runbook.Id), versions);
        }

        foreach (var entry in known.Values.Where(e => e is { FileHash: not null, FileGone: false } && IsGone(e.RunbookId)))
            await LeaveAsync(commit, entry, cancellationToken);
        return Audited(commit);
    }

    private void TakeIn(Commit commit, FiledRunbook file, RunbookEntry entry, IReadOnlyList<RunbookVersion> versions)
    {
        var inForce = versions.FirstOrDefault(v => v.Number == entry.Published);
        var changed = entry with { FileHash = file.Hash, FileGone = false, FileVersion = 0, Revision = entry.Revision + 1 };
        Reject(commit, versions.FirstOrDefault(v => v.Number == entry.FileVersion));
        if (inForce?.Content.Hash == file.Hash)
        {
            commit.Add(new RunbookEntrySaved(changed));
            return;
        }

        var number = Math.Max(versions.Select(v => v.Number).DefaultIfEmpty(0).Max() + 1, file.Source.Runbook.Version);
        var follows = inForce is null or { Origin: VersionOrigin.File };
        commit.Add(new RunbookEntrySaved(follows ? changed with { Published = number } : changed with { FileVersion = number }));
        commit.Add(new RunbookVersionSaved(new(entry.RunbookId, number, file.Content.WithVersion(number))
        {
            Status = follows ? VersionStatus.Published : VersionStatus.Proposed,
            Origin = VersionOrigin.File,
            Base = entry.Published,
            AuthorName = RunbookVersion.Files,
            Why = follows ? "" : "The file in the folder changed.",
            ChangedAt = time.GetUtcNow(),
            NeedsSecond = true,
            Revision = 1,
        }));
        if (follows && inForce is not null)
            commit.Add(new RunbookVersionSaved(inForce with { Status = VersionStatus.Superseded, Revision = inForce.Revision + 1 }));
    }

    private void Reject(Commit commit, RunbookVersion? earlier)
    {
        if (earlier is { IsOpen: true })
        {
            commit.Add(new RunbookVersionSaved(
                earlier with { Status = VersionStatus.Rejected, Note = "The file changed again.", DecidedAt = time.GetUtcNow(), Revision = earlier.Revision + 1 }));
        }
    }

    private async Task LeaveAsync(Commit commit, RunbookEntry entry, CancellationToken cancellationToken)
    {
        var inForce = await store.VersionAsync(entry.RunbookId, entry.Published, cancellationToken);
        if (entry.FileVersion > 0)
            Reject(commit, await store.VersionAsync(entry.RunbookId, entry.FileVersion, cancellationToken));
        var left = entry with { FileVersion = 0, Revision = entry.Revision + 1 };
        commit.Add(new RunbookEntrySaved(inForce is { Origin: VersionOrigin.File } ? left with { FileGone = true } : left with { FileHash = null }));
    }

    /// <summary>A file that cannot be read is there all the same, and so may be one whose folder is not.</summary>
    private bool IsGone(string id) =>
        files.Runbooks.Count > 0
        && files.Runbooks.All(f => f.Source.Runbook.Id != id)
        && !files.Problems.Any(p => Path.GetFileNameWithoutExtension(p.File) == id || p.File.Split('/').Contains(id));

    private static Commit Audited(Commit commit)
    {
        var entries = commit.Changes.OfType<RunbookEntrySaved>().Select(s => s.Entry).ToList();
        if (entries.Count > FewEnoughToName)
            return commit.Audit(AuditEntry.ByBot("runbooks.taken-in", "runbooks", null, ("runbooks", FormattableString.Invariant($"{entries.Count}"))));
        foreach (var entry in entries)
        {
            commit.Audit(AuditEntry.ByBot(
                entry.FileGone ? "runbook.file-gone" : entry.FileVersion > 0 ? "runbook.file-contradicts" : "runbook.taken-in",
                entry.RunbookId,
                null,
                ("file", entry.FileHash ?? ""),
                ("published", FormattableString.Invariant($"{entry.Published}"))));
        }

        return commit;
    }
}

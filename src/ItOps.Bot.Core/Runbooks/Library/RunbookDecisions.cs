using System.Globalization;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// The one way into force. A change of words takes effect when its author proposes it; a change of meaning when a second author agrees (I2). Each is one compare-and-set on the version and
/// on the runbook's entry, so that of two who decide at once one does (I3).
/// </summary>
public sealed class RunbookDecisions(
    IRunbookStore store, RunbookCatalog catalog, LiveRunbooks live, RunbookChecks checks, RunbookAuthors authors, Committer committer, TimeProvider time)
{
    private const int LongestNote = 300;

    /// <summary>Puts a draft before a second author, or, when only words changed, into force.</summary>
    public async Task<LibraryAnswer> ProposeAsync(Principal author, string runbookId, int number, int revision, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(author, cancellationToken) is { } obstacle)
            return obstacle;
        if (await OpenAsync(runbookId, number, cancellationToken) is not var (entry, version))
            return LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook);
        if (version.Status != VersionStatus.Draft)
            return LibraryAnswer.Refused(LibraryRefusal.Closed);
        if (version.Revision != revision || version.Base != entry.Published)
            return LibraryAnswer.Refused(LibraryRefusal.OutOfDate);
        return await ProposeAsync(author, entry, version, new Commit(), cancellationToken);
    }

    public async Task<LibraryAnswer> ApproveAsync(Principal approver, string runbookId, int number, int revision, string? note, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(approver, cancellationToken) is { } obstacle)
            return obstacle;
        if (await OpenAsync(runbookId, number, cancellationToken) is not var (entry, version))
            return LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook);
        if (version.Status != VersionStatus.Proposed)
            return LibraryAnswer.Refused(LibraryRefusal.Closed);
        if (version.Revision != revision || version.Base != entry.Published)
            return LibraryAnswer.Refused(LibraryRefusal.OutOfDate);
        if (version.Authors.Contains(approver.Id))
        {
            await committer.CommitAsync(new Commit().Audit(AuditEntry.By(approver.Person, "runbook.approval-refused", runbookId, null, Facts(version))), cancellationToken);
            return LibraryAnswer.Refused(LibraryRefusal.OwnChange);
        }

        var check = checks.Check(runbookId, version.Content);
        if (check.Problems.Count > 0)
            return LibraryAnswer.Refused(LibraryRefusal.NotClean, check.Problems);
        var agreed = version with { DecidedBy = approver.Id, DecidedByName = approver.Person.DisplayName, DecidedAt = time.GetUtcNow(), Note = Cut(note) };
        return await PublishAsync(approver, entry, agreed, new Commit(), cancellationToken);
    }

    /// <summary>By a second author, or by whoever wrote it and thought better of it.</summary>
    public async Task<LibraryAnswer> RejectAsync(Principal author, string runbookId, int number, int revision, string? note, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(author, cancellationToken) is { } obstacle)
            return obstacle;
        if (await OpenAsync(runbookId, number, cancellationToken) is not var (entry, version))
            return LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook);
        if (!version.IsOpen)
            return LibraryAnswer.Refused(LibraryRefusal.Closed);
        if (version.Revision != revision)
            return LibraryAnswer.Refused(LibraryRefusal.OutOfDate);
        var rejected = version with
        {
            Status = VersionStatus.Rejected,
            DecidedBy = author.Id,
            DecidedByName = author.Person.DisplayName,
            DecidedAt = time.GetUtcNow(),
            Note = Cut(note),
            Revision = version.Revision + 1,
        };
        var commit = new Commit().Add(new RunbookVersionSaved(rejected)).Audit(AuditEntry.By(author.Person, "runbook.rejected", runbookId, null, Facts(rejected)));
        if (entry.FileVersion == number)
            commit.Add(new RunbookEntrySaved(entry with { FileVersion = 0, Revision = entry.Revision + 1 }));
        return await CommitAsync(commit, rejected, cancellationToken);
    }

    /// <summary>Makes what an earlier version said the newest one: a change like any other.</summary>
    public async Task<LibraryAnswer> RollBackAsync(Principal author, string runbookId, int to, string? why, VersionOrigin origin, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(author, cancellationToken) is { } obstacle)
            return obstacle;
        var versions = await store.VersionsAsync(runbookId, cancellationToken);
        if (await store.EntryAsync(runbookId, cancellationToken) is not { } entry || versions.FirstOrDefault(v => v.Number == to) is not { } earlier)
            return LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook);
        var number = versions.Max(v => v.Number) + 1;
        var again = new RunbookVersion(runbookId, number, earlier.Content.WithVersion(number))
        {
            Status = VersionStatus.Draft,
            Origin = origin,
            Base = entry.Published,
            Authors = [author.Id],
            AuthorName = author.Person.DisplayName,
            Why = Cut($"Back to version {to.ToString(CultureInfo.InvariantCulture)}. {why}") ?? "",
            ChangedAt = time.GetUtcNow(),
        };
        return await ProposeAsync(author, entry, again, new Commit(), cancellationToken);
    }

    /// <summary>Takes a runbook out of what is found, or puts it back. What began with it goes on.</summary>
    public async Task<LibraryAnswer> EnableAsync(Principal author, string runbookId, bool enabled, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(author, cancellationToken) is { } obstacle)
            return obstacle;
        if (await store.EntryAsync(runbookId, cancellationToken) is not { Published: > 0 } entry)
            return LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook);
        if (entry.Enabled == enabled)
            return LibraryAnswer.Done(null);
        var commit = new Commit()
            .Add(new RunbookEntrySaved(entry with { Enabled = enabled, Revision = entry.Revision + 1 }))
            .Audit(AuditEntry.By(author.Person, enabled ? "runbook.enabled" : "runbook.disabled", runbookId, null));
        return await CommitAsync(commit, null, cancellationToken);
    }

    internal static IReadOnlyList<(string Name, string Value)> Facts(RunbookVersion version) =>
    [
        ("version", version.Number.ToString(CultureInfo.InvariantCulture)), ("content", version.Content.Hash), ("origin", version.Origin.ToString()), ("why", version.Why),
        ("authors", string.Join(' ', version.Authors)), ("note", version.Note ?? ""),
    ];

    private async Task<LibraryAnswer> ProposeAsync(Principal author, RunbookEntry entry, RunbookVersion version, Commit commit, CancellationToken cancellationToken)
    {
        var check = checks.Check(version.RunbookId, version.Content);
        if (check.Source is null || check.Problems.Count > 0)
            return LibraryAnswer.Refused(LibraryRefusal.NotClean, check.Problems);
        var inForce = entry.Published == 0 ? null : catalog.Shelf.Edition(version.RunbookId, entry.Published);
        if (inForce?.Content?.Hash == version.Content.Hash)
            return LibraryAnswer.Refused(LibraryRefusal.NothingChanged);
        if (inForce is null || inForce.Number != entry.Published || RunbookMeaning.Differences(inForce, check.Source, version.Content).Count > 0)
        {
            var proposed = version with { Status = VersionStatus.Proposed, NeedsSecond = true, ChangedAt = time.GetUtcNow(), Revision = version.Revision + 1 };
            commit.Add(new RunbookVersionSaved(proposed)).Audit(AuditEntry.By(author.Person, "runbook.proposed", proposed.RunbookId, null, Facts(proposed)));
            return await CommitAsync(commit, proposed, cancellationToken);
        }

        return await PublishAsync(author, entry, version, commit, cancellationToken);
    }

    private async Task<LibraryAnswer> PublishAsync(Principal by, RunbookEntry entry, RunbookVersion version, Commit commit, CancellationToken cancellationToken)
    {
        var published = version with { Status = VersionStatus.Published, ChangedAt = time.GetUtcNow(), Revision = version.Revision + 1 };
        commit.Add(new RunbookVersionSaved(published)).Add(new RunbookEntrySaved(entry with
        {
            Published = published.Number,
            FileGone = false,
            FileHash = entry.FileGone ? null : entry.FileHash,
            FileVersion = entry.FileVersion == published.Number ? 0 : entry.FileVersion,
            Revision = entry.Revision + 1,
        }));
        if (await store.VersionAsync(entry.RunbookId, entry.Published, cancellationToken) is { } before)
            commit.Add(new RunbookVersionSaved(before with { Status = VersionStatus.Superseded, Revision = before.Revision + 1 }));
        commit.Audit(AuditEntry.By(by.Person, "runbook.published", published.RunbookId, null, Facts(published)));
        return await CommitAsync(commit, published, cancellationToken);
    }

    private async Task<LibraryAnswer> CommitAsync(Commit commit, RunbookVersion? version, CancellationToken cancellationToken)
    {
        if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Conflict)
            return LibraryAnswer.Refused(LibraryRefusal.OutOfDate);
        await live.RefreshAsync(cancellationToken);
        return LibraryAnswer.Done(version);
    }

    private async Task<(RunbookEntry Entry, RunbookVersion Version)?> OpenAsync(string runbookId, int number, CancellationToken cancellationToken) =>
        await store.EntryAsync(runbookId, cancellationToken) is { } entry && await store.VersionAsync(runbookId, number, cancellationToken) is { } version ? (entry, version) : null;

    private static string? Cut(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim() is { Length: > LongestNote } longer ? longer[..LongestNote] : note.Trim();
}

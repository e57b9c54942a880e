using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>What an author saves. <paramref name="Number"/> and <paramref name="Revision"/> name the draft that it goes on with; without them one is begun.</summary>
public sealed record DraftText(string RunbookId, string Category, string Text, IReadOnlyDictionary<string, string> Scripts)
{
    public string Why { get; init; } = "";

    public VersionOrigin Origin { get; init; } = VersionOrigin.Console;

    public int? Number { get; init; }

    public int? Revision { get; init; }

    public RunbookContent Content => new(
        $"{Category}/{RunbookId}.md",
        RunbookContent.Plain(Text),
        Scripts.ToDictionary(s => s.Key, s => RunbookContent.Plain(s.Value), StringComparer.Ordinal));
}

/// <summary>Writes drafts. A draft may be wrong; nobody finds it.</summary>
public sealed class RunbookDrafts(IRunbookStore store, RunbookAuthors authors, Committer committer, TimeProvider time)
{
    private const int LongestWhy = 300;

    public async Task<LibraryAnswer> SaveAsync(Principal author, DraftText draft, CancellationToken cancellationToken)
    {
        if (await authors.ObstacleAsync(author, cancellationToken) is { } obstacle)
            return obstacle;
        if (!RunbookChecks.IsFile(draft.Content))
            return LibraryAnswer.Refused(LibraryRefusal.NotAFile);
        var entry = await store.EntryAsync(draft.RunbookId, cancellationToken);
        if (draft.Number is { } number)
        {
            return await store.VersionAsync(draft.RunbookId, number, cancellationToken) is { } open && entry is not null
                ? await GoOnAsync(author, draft, entry, open, cancellationToken)
                : LibraryAnswer.Refused(LibraryRefusal.NoSuchRunbook);
        }

        return await BeginAsync(author, draft, entry, replaced: null, cancellationToken);
    }

    private async Task<LibraryAnswer> GoOnAsync(Principal author, DraftText draft, RunbookEntry entry, RunbookVersion open, CancellationToken cancellationToken)
    {
        if (!open.IsOpen || open.Origin == VersionOrigin.File)
            return LibraryAnswer.Refused(LibraryRefusal.Closed);
        if (open.Revision != draft.Revision)
            return LibraryAnswer.Refused(LibraryRefusal.OutOfDate);
        if (open.Base != entry.Published)
            return await BeginAsync(author, draft, entry, replaced: open, cancellationToken);
        var saved = Written(author, draft, open.Number) with
        {
            Origin = open.Origin,
            Base = open.Base,
            Authors = [.. open.Authors.Append(author.Id).Distinct()],
            Why = Why(draft) is { Length: > 0 } why ? why : open.Why,
            Revision = open.Revision + 1,
        };
        return await CommitAsync(author, saved, new Commit().Add(new RunbookVersionSaved(saved)), cancellationToken);
    }

    private async Task<LibraryAnswer> BeginAsync(Principal author, DraftText draft, RunbookEntry? entry, RunbookVersion? replaced, CancellationToken cancellationToken)
    {
        var versions = await store.VersionsAsync(draft.RunbookId, cancellationToken);
        var number = versions.Select(v => v.Number).DefaultIfEmpty(0).Max() + 1;
        var saved = Written(author, draft, number) with
        {
            Base = entry?.Published ?? 0,
            Authors = [.. (replaced?.Authors ?? []).Append(author.Id).Distinct()],
            Why = Why(draft) is { Length: > 0 } why ? why : replaced?.Why ?? "",
            Revision = 1,
        };
        var commit = new Commit().Add(new RunbookVersionSaved(saved));
        if (entry is null)
            commit.Add(new RunbookEntrySaved(new(draft.RunbookId) { Revision = 1 }));
        if (replaced is not null)
        {
            commit.Add(new RunbookVersionSaved(replaced with
            {
                Status = VersionStatus.Rejected,
                Note = FormattableString.Invariant($"Goes on as version {number}."),
                DecidedAt = time.GetUtcNow(),
                Revision = replaced.Revision + 1,
            }));
        }

        return await CommitAsync(author, saved, commit, cancellationToken);
    }

    private RunbookVersion Written(Principal author, DraftText draft, int number) => new(draft.RunbookId, number, draft.Content.WithVersion(number))
    {
        Status = VersionStatus.Draft,
        Origin = draft.Origin,
        AuthorName = author.Person.DisplayName,
        ChangedAt = time.GetUtcNow(),
    };

    private async Task<LibraryAnswer> CommitAsync(Principal author, RunbookVersion saved, Commit commit, CancellationToken cancellationToken)
    {
        commit.Audit(AuditEntry.By(author.Person, "runbook.draft-saved", saved.RunbookId, null, RunbookDecisions.Facts(saved)));
        return await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed
            ? LibraryAnswer.Done(saved)
            : LibraryAnswer.Refused(LibraryRefusal.OutOfDate);
    }

    private static string Why(DraftText draft) => draft.Why.Trim() is { Length: > LongestWhy } longer ? longer[..LongestWhy] : draft.Why.Trim();
}

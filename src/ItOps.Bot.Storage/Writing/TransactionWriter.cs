using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

/// <summary>Writes commits in one transaction. Each ends on its own: stored, in conflict, or failed by a fault of its own.</summary>
internal sealed class TransactionWriter(Database database, TimeProvider time)
{
    private const string BeforeCommit = "before_commit";

    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public async Task WriteAsync(IReadOnlyList<PendingCommit> commits)
    {
        var endings = new List<Ending>(commits.Count);
        try
        {
            await WriteAsync(commits, endings);
        }
        catch (Exception failure) when (failure is not StoreUnavailableException && database.Provider.Translate(failure) is { } unavailable)
        {
            // A connection that has met a full disk or a lost file may be left in an odd state; the next transaction gets a new one.
            database.Provider.ReleaseConnections();
            throw unavailable;
        }

        // Only now is anything durable, and only now may a caller go on.
        foreach (var ending in endings)
            ending.Tell();
    }

    private async Task WriteAsync(IReadOnlyList<PendingCommit> commits, List<Ending> endings)
    {
        await using var db = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var scope = new WriteScope(db, time);
        var several = commits.Count > 1;
        foreach (var commit in commits)
        {
            if (several)
                await transaction.CreateSavepointAsync(BeforeCommit);
            var ending = await ApplyAsync(commit, scope);
            endings.Add(ending);
            if (ending.IsStored)
            {
                scope.Keep();
                continue;
            }

            scope.Discard();
            if (several)
                await transaction.RollbackToSavepointAsync(BeforeCommit);
        }

        if (endings.Exists(e => e.IsStored))
        {
            await scope.SaveHeadAsync(CancellationToken.None);
            await transaction.CommitAsync();
        }
    }

    /// <summary>Writes one commit. A fault of the database is thrown, for it ends the whole transaction.</summary>
    private async Task<Ending> ApplyAsync(PendingCommit commit, WriteScope scope)
    {
        try
        {
            foreach (var write in commit.Writes)
            {
                if (!await write.ApplyAsync(scope, CancellationToken.None))
                    return new Ending(commit, CommitOutcome.Conflict);
            }

            foreach (var entry in commit.Audits)
                await scope.AppendAsync(entry, CancellationToken.None);
            await scope.SaveAsync(CancellationToken.None);
            return new Ending(commit, CommitOutcome.Committed);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Ending(commit, CommitOutcome.Conflict);
        }
        catch (DbUpdateException failure) when (database.Provider.IsDuplicate(failure))
        {
            if (failure.Entries.Any(e => e.Entity is AuditRow))
                throw BrokenChain(failure);
            return new Ending(commit, CommitOutcome.Conflict);
        }
        catch (Exception failure) when (failure is not StoreUnavailableException && database.Provider.Translate(failure) is null)
        {
            return new Ending(commit, CommitOutcome.Conflict, failure);
        }
    }

    private StoreUnavailableException BrokenChain(Exception failure) => new(
        $"The audit chain in {database.Provider.Description} does not end where its head says, so nothing more is recorded: run 'audit verify', then restore a backup.",
        failure);

    private readonly record struct Ending(PendingCommit Commit, CommitOutcome Outcome, Exception? Fault = null)
    {
        public bool IsStored => Fault is null && Outcome == CommitOutcome.Committed;

        public void Tell()
        {
            if (Fault is null)
                Commit.End(Outcome);
            else
                Commit.Fail(Fault);
        }
    }
}

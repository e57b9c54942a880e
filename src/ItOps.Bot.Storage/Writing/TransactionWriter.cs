using System.Data.Common;
using ItOps.Bot.Commits;

namespace ItOps.Bot.Storage.Writing;

/// <summary>Writes commits in one transaction. Each ends on its own: stored, in conflict, or failed by a fault of its own.</summary>
internal sealed class TransactionWriter(Database database, TimeProvider time) : IDisposable
{
    private const string BeforeCommit = "before_commit";

    private WriteConnection? _connection;

    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public void Write(CommitBatch batch)
    {
        var endings = new List<Ending>();
        try
        {
            Write(batch, _connection ??= Connect(), endings);
        }
        catch (Exception failure)
        {
            // A connection that has met a full disk or a lost file may be left in an odd state; the next transaction gets a new one.
            Dispose();
            database.Provider.ReleaseConnections();
            if (failure is not StoreUnavailableException && database.Provider.Translate(failure) is { } unavailable)
                throw unavailable;
            throw;
        }

        // Only now is anything durable, and only now may a caller go on.
        foreach (var ending in endings)
            ending.Tell();
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    // The writer has a thread of its own, and nobody waits for that.
    private WriteConnection Connect() => new(database.ConnectAsync(CancellationToken.None).GetAwaiter().GetResult());

    private void Write(CommitBatch batch, WriteConnection connection, List<Ending> endings)
    {
        DbTransaction? transaction = null;
        var holdsStored = false;
        try
        {
            while (batch.Next() is { } commit)
            {
                transaction ??= connection.Begin();
                // What is first in its transaction is taken back with it.
                if (holdsStored)
                    transaction.Save(BeforeCommit);
                var ending = Apply(commit, new WriteScope(connection, database.Provider.Description, time.GetUtcNow()));
                endings.Add(ending);
                if (!ending.IsStored && !holdsStored)
                {
                    transaction.Dispose();
                    transaction = null;
                    continue;
                }

                if (!ending.IsStored)
                    transaction.Rollback(BeforeCommit);
                if (holdsStored)
                    transaction.Release(BeforeCommit);
                holdsStored = true;
            }

            transaction?.Commit();
        }
        finally
        {
            transaction?.Dispose();
        }
    }

    /// <summary>Writes one commit. A fault of the database is thrown, for it ends the whole transaction.</summary>
    private Ending Apply(PendingCommit commit, WriteScope scope)
    {
        try
        {
            foreach (var write in commit.Writes)
            {
                if (!write.Apply(scope))
                    return new Ending(commit, CommitOutcome.Conflict);
            }

            return new Ending(commit, CommitOutcome.Committed);
        }
        catch (Exception failure) when (failure is not StoreUnavailableException && database.Provider.Translate(failure) is null)
        {
            return new Ending(commit, CommitOutcome.Conflict, failure);
        }
    }

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

using ItOps.Bot.Commits;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Writing;

/// <summary>
/// The process's one writer. Making a transaction durable takes the disk far longer than writing into it, so whatever waits is written
/// in one; each commit stands behind its own savepoint, so that none can harm another.
/// </summary>
internal sealed class CommitWriter : ICommitStore, IAsyncDisposable, IDisposable
{
    private readonly WaitingCommits _waiting = new();
    private readonly ChangeTranslation _translation;
    private readonly TransactionWriter _transactions;
    private readonly ILogger<CommitWriter> _log;
    private readonly Lazy<Task> _loop;

    public CommitWriter(ChangeTranslation translation, TransactionWriter transactions, ILogger<CommitWriter> log)
    {
        (_translation, _transactions, _log) = (translation, transactions, log);
        // Waiting for the disk would take one of the pool's few threads from the turns, and the writer would wait behind them for its own.
        _loop = new(() => Task.Factory.StartNew(
            WriteWhatWaits, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));
    }

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        if (commit.LacksAudit)
            throw new InvalidOperationException("A commit that changes a request, an approval, a step or a secret lacks its audit entry.");
        return commit.IsEmpty ? Task.FromResult(CommitOutcome.Committed) : WriteAsync(_translation.Translate(commit), cancellationToken);
    }

    public Task<CommitOutcome> WriteAsync(IReadOnlyList<IWrite> writes, CancellationToken cancellationToken) =>
        WriteAsync(new PendingCommit(writes, isAcknowledgement: false), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        if (_loop.IsValueCreated)
            await _loop.Value;
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<CommitOutcome> WriteAsync(PendingCommit pending, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (waiting, token) => ((PendingCommit)waiting!).Cancel(token), pending);
        if (!_waiting.TryAdd(pending))
            throw new StoreUnavailableException("The program is stopping and stores nothing more.", new ObjectDisposedException(nameof(CommitWriter)));
        _ = _loop.Value;
        return await pending.Outcome;
    }

    private void WriteWhatWaits()
    {
        while (_waiting.TryNext(out var batch))
        {
            try
            {
                _transactions.Write(batch);
            }
            catch (Exception failure)
            {
                // Nothing of the transaction is stored; every caller learns it, and the next transaction starts afresh.
                _log.LogError(failure, "{Commits} commits could not be stored", batch.Fail(failure));
            }
        }
    }
}

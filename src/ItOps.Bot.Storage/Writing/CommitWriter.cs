using System.Threading.Channels;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Writing;

/// <summary>
/// The process's one writer. Making a transaction durable takes the disk far longer than writing into it, so whatever waits is written
/// in one; each commit stands behind its own savepoint, so that none can harm another.
/// </summary>
internal sealed class CommitWriter : ICommitStore, IAsyncDisposable, IDisposable
{
    private const int MostCommitsInOneTransaction = 64;

    private readonly Channel<PendingCommit> _waiting = Channel.CreateUnbounded<PendingCommit>(new() { SingleReader = true });
    private readonly ChangeTranslation _translation;
    private readonly TransactionWriter _transactions;
    private readonly ILogger<CommitWriter> _log;
    private readonly Lazy<Task> _loop;

    public CommitWriter(ChangeTranslation translation, TransactionWriter transactions, ILogger<CommitWriter> log)
    {
        (_translation, _transactions, _log) = (translation, transactions, log);
        // On the pool's scheduler, so that the first caller's synchronisation context (a Blazor circuit's) is not the writer's.
        _loop = new(() => Task.Factory.StartNew(
            WriteWhatWaitsAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap());
    }

    public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        if (commit.LacksAudit)
            throw new InvalidOperationException("A commit that changes a request, an approval, a step or a secret lacks its audit entry.");
        if (commit.IsEmpty)
            return Task.FromResult(CommitOutcome.Committed);
        var (writes, audits) = _translation.Translate(commit);
        return WriteAsync(writes, audits, cancellationToken);
    }

    public async Task<CommitOutcome> WriteAsync(
        IReadOnlyList<IWrite> writes, IReadOnlyList<AuditEntry> audits, CancellationToken cancellationToken)
    {
        var pending = new PendingCommit(writes, audits);
        await using var registration = cancellationToken.UnsafeRegister(
            static (waiting, token) => ((PendingCommit)waiting!).Cancel(token), pending);
        if (!_waiting.Writer.TryWrite(pending))
            throw new StoreUnavailableException("The program is stopping and stores nothing more.", new ObjectDisposedException(nameof(CommitWriter)));
        _ = _loop.Value;
        return await pending.Outcome;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_loop.IsValueCreated)
            await _loop.Value;
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task WriteWhatWaitsAsync()
    {
        var batch = new List<PendingCommit>(MostCommitsInOneTransaction);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostCommitsInOneTransaction && _waiting.Reader.TryRead(out var next))
            {
                if (next.TryBegin())
                    batch.Add(next);
            }

            try
            {
                if (batch.Count > 0)
                    await _transactions.WriteAsync(batch);
            }
            catch (Exception failure)
            {
                // Nothing of the transaction is stored; every caller learns it, and the next transaction starts afresh.
                _log.LogError(failure, "{Commits} commits could not be stored", batch.Count);
                foreach (var commit in batch)
                    commit.Fail(failure);
            }

            batch.Clear();
        }
    }
}

using ItOps.Bot.Auditing;
using ItOps.Bot.Storage.Model;
using ItOps.Bot.Storage.Reading;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

/// <summary>What the commits of one transaction share: the context, and the counters that were read once and are carried on.</summary>
internal sealed class WriteScope(BotDbContext db, TimeProvider time)
{
    private static readonly Func<BotDbContext, Task<long?>> s_lastPosition = EF.CompileAsyncQuery(
        (BotDbContext db) => db.Set<OutboxRow>().Max(r => (long?)r.Position));

    private readonly HashSet<(Type Table, string Key)> _touched = [];
    private readonly Dictionary<string, int> _fences = [];
    private Counters _before;
    private Counters _now;

    public BotDbContext Db => db;

    public long Now { get; } = time.GetUtcNow().UtcTicks;

    /// <summary>Call before a row is tracked: when the commit has changed it already, that change is saved first.</summary>
    public async ValueTask TouchAsync<TRow>(string key, CancellationToken cancellationToken)
    {
        if (!_touched.Add((typeof(TRow), key)))
        {
            await SaveAsync(cancellationToken);
            _touched.Add((typeof(TRow), key));
        }
    }

    /// <summary>Stores a row whose stored version must be one less; version 1 is new.</summary>
    public async ValueTask SaveVersionedAsync<TRow>(TRow row, string key, int version, CancellationToken cancellationToken)
        where TRow : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        await TouchAsync<TRow>(key, cancellationToken);
        if (version == 1)
        {
            db.Add(row);
            return;
        }

        var entry = db.Attach(row);
        entry.State = EntityState.Modified;
        entry.Property("Version").OriginalValue = version - 1;
    }

    public void KnowFence(string requestId, int fence) => _fences[requestId] = fence;

    public int? KnownFence(string requestId) => _fences.TryGetValue(requestId, out var fence) ? fence : null;

    public async ValueTask<long> NextOutboxPositionAsync()
    {
        _now.Outbox ??= await s_lastPosition(db) ?? 0;
        return (long)++_now.Outbox;
    }

    public async ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        _now.Head ??= await ReadHeadAsync(cancellationToken);
        var record = AuditChain.Append(_now.Head, new DateTimeOffset(Now, TimeSpan.Zero), entry);
        db.Add(AuditRows.From(record));
        _now.Head = new AuditHead(record.Sequence, record.Hash);
    }

    public async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        _touched.Clear();
    }

    /// <summary>The commit stands: the next one builds on its counters.</summary>
    public void Keep()
    {
        _before = _now;
        _fences.Clear();
    }

    /// <summary>The commit was rolled back.</summary>
    public void Discard()
    {
        _now = _before with { StoredHead = _now.StoredHead ?? _before.StoredHead };
        db.ChangeTracker.Clear();
        _touched.Clear();
        _fences.Clear();
    }

    /// <summary>Writes the chain's new end, once for all commits of the transaction.</summary>
    public async ValueTask SaveHeadAsync(CancellationToken cancellationToken)
    {
        if (_before.Head is not { } head || _before.StoredHead is not { } stored || head.Count == stored.Count)
            return;
        var row = new AuditHeadRow { Id = AuditRows.HeadId, Count = head.Count, Hash = head.Hash };
        if (stored.Count == 0)
        {
            db.Add(row);
        }
        else
        {
            var entry = db.Attach(row);
            entry.State = EntityState.Modified;
            entry.Property(r => r.Count).OriginalValue = stored.Count;
        }

        await SaveAsync(cancellationToken);
    }

    private async Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        _now.StoredHead ??= await AuditRows.HeadAsync(db, cancellationToken);

    private record struct Counters
    {
        public long? Outbox { get; set; }

        public AuditHead? Head { get; set; }

        /// <summary>The chain's end as the transaction found it.</summary>
        public AuditHead? StoredHead { get; set; }
    }
}

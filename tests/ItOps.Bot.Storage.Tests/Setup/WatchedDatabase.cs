using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using SQLitePCL;

namespace ItOps.Bot.Storage.Tests.Setup;

/// <summary>
/// A database whose transactions are counted, and that cannot grow while <see cref="IsFull"/>: SQLite then fails exactly as on a full disk.
/// </summary>
internal sealed class WatchedDatabase(IDatabaseProvider inner) : IDatabaseProvider
{
    private readonly ConcurrentBag<SqliteConnection> _connections = [];
    private bool _isFull;
    private int _transactions;

    /// <summary>Set it while nothing is being written.</summary>
    public bool IsFull
    {
        get => _isFull;
        set
        {
            _isFull = value;
            foreach (var open in _connections.Where(c => c.State == ConnectionState.Open))
                Limit(open);
        }
    }

    /// <summary>How many connections were made for keeping.</summary>
    public int Connections => _connections.Count;

    /// <summary>How many transactions were made durable.</summary>
    public int Transactions => Volatile.Read(ref _transactions);

    /// <summary>Puts itself before the provider that is registered.</summary>
    public static WatchedDatabase Watch(IServiceCollection services)
    {
        var inner = (IDatabaseProvider)services.Single(d => d.ServiceType == typeof(IDatabaseProvider)).ImplementationInstance!;
        var watched = new WatchedDatabase(inner);
        services.Replace(ServiceDescriptor.Singleton<IDatabaseProvider>(watched));
        return watched;
    }

    public string Description => inner.Description;

    public void Prepare() => inner.Prepare();

    public async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)await inner.ConnectAsync(cancellationToken);
        raw.sqlite3_commit_hook(connection.Handle, _ => Interlocked.Increment(ref _transactions) * 0, null);
        Limit(connection);
        _connections.Add(connection);
        return connection;
    }

    public Task<IReadOnlyList<string>> MigrationsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        inner.MigrationsAsync(connection, cancellationToken);

    public Task TryWriteAsync(DbConnection connection, CancellationToken cancellationToken) => inner.TryWriteAsync(connection, cancellationToken);

    public void Configure(DbContextOptionsBuilder<BotDbContext> options) => inner.Configure(options);

    public void ConfigureTimers(IPersistentStoreBuilder store) => inner.ConfigureTimers(store);

    public StoreUnavailableException? Translate(Exception failure) => inner.Translate(failure);

    public long? FreeSpace() => inner.FreeSpace();

    public void ReleaseConnections() => inner.ReleaseConnections();

    private void Limit(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _isFull ? "PRAGMA max_page_count=100" : "PRAGMA max_page_count=1000000000";
        command.ExecuteNonQuery();
    }
}

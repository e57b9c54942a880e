using System.Data.Common;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Quartz;

namespace ItOps.Bot.Storage.Tests.Setup;

/// <summary>A database that cannot grow while <see cref="IsFull"/>: SQLite then fails exactly as on a full disk.</summary>
internal sealed class CrampedDisk(IDatabaseProvider inner) : DbConnectionInterceptor, IDatabaseProvider
{
    public bool IsFull { get; set; }

    public string Description => inner.Description;

    public void Prepare() => inner.Prepare();

    public Task<DbConnection> ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task<IReadOnlyList<string>> MigrationsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        inner.MigrationsAsync(connection, cancellationToken);

    public Task TryWriteAsync(DbConnection connection, CancellationToken cancellationToken) => inner.TryWriteAsync(connection, cancellationToken);

    public void Configure(DbContextOptionsBuilder<BotDbContext> options)
    {
        inner.Configure(options);
        options.AddInterceptors(this);
    }

    public void ConfigureTimers(IPersistentStoreBuilder store) => inner.ConfigureTimers(store);

    public bool IsDuplicate(Exception failure) => inner.IsDuplicate(failure);

    public StoreUnavailableException? Translate(Exception failure) => inner.Translate(failure);

    public long? FreeSpace() => inner.FreeSpace();

    public void ReleaseConnections() => inner.ReleaseConnections();

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = IsFull ? "PRAGMA max_page_count=100" : "PRAGMA max_page_count=1000000000";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }
}

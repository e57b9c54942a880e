using System.Data.Common;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ItOps.Bot.Storage;

/// <summary>Everything that differs between databases. Whatever is written in one database's own words is in its implementation.</summary>
internal interface IDatabaseProvider
{
    /// <summary>What a person calls the database: a file, or a server and a name.</summary>
    string Description { get; }

    /// <summary>Makes what must be there before a connection can be opened.</summary>
    void Prepare();

    /// <summary>A raw connection, ready for use.</summary>
    Task<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Ids of the migrations that the database has had, in order; none for a new one.</summary>
    Task<IReadOnlyList<string>> MigrationsAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Takes and gives back the right to write.</summary>
    Task TryWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    void Configure(DbContextOptionsBuilder<BotDbContext> options);

    void ConfigureTimers(IPersistentStoreBuilder store);

    /// <summary>The failure in words that name the database and the remedy; null when it is not the database's.</summary>
    StoreUnavailableException? Translate(Exception failure);

    /// <summary>Bytes left for the database; null when that is not ours to know.</summary>
    long? FreeSpace();

    /// <summary>Lets go of idle connections, so that none outlives a failure or the program.</summary>
    void ReleaseConnections();
}

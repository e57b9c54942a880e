using System.Data.Common;
using System.Runtime.CompilerServices;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Migrations;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ItOps.Bot.Storage;

/// <summary>Hands out contexts on a database that exists and has the current schema, whoever comes first: the server or a command.</summary>
internal sealed class Database(IDatabaseProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _preparing = new(1);
    private readonly Lazy<PooledDbContextFactory<BotDbContext>> _contexts = new(() => new(Options(provider)));
    private volatile bool _ready;

    public IDatabaseProvider Provider => provider;

    /// <exception cref="StoreUnavailableException">The database cannot be opened or is newer than this program.</exception>
    public async ValueTask EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_ready)
            return;
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (_ready)
                return;
            provider.Prepare();
            await Schema.BringUpToDateAsync(provider, _contexts, cancellationToken);
            _ready = true;
        }
        catch (Exception failure) when (Unavailable(failure) is { } unavailable)
        {
            throw unavailable;
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>A raw connection for whoever keeps it.</summary>
    public async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        return await provider.ConnectAsync(cancellationToken);
    }

    public async ValueTask<BotDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        await EnsureReadyAsync(cancellationToken);
        return _contexts.Value.CreateDbContext();
    }

    public async Task<T> ReadAsync<T>(Func<BotDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await OpenAsync(cancellationToken);
            return await read(db);
        }
        catch (Exception failure) when (failure is not StoreUnavailableException && provider.Translate(failure) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>Reads rows one by one, for what may be too long to hold.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Func<BotDbContext, IQueryable<T>> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        await foreach (var row in query(db).AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return row;
    }

    public void Dispose()
    {
        provider.ReleaseConnections();
        _preparing.Dispose();
    }

    internal static DbContextOptions<BotDbContext> Options(IDatabaseProvider provider)
    {
        var options = new DbContextOptionsBuilder<BotDbContext>();
        provider.Configure(options);
        return options
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // Migrations are written by hand, without the snapshot that this warning compares with; a test compares the schemas themselves.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning))
            // Every context is used by one flow of control, and the check costs on each operation.
            .EnableThreadSafetyChecks(false)
            .Options;
    }

    private StoreUnavailableException? Unavailable(Exception failure) => failure switch
    {
        StoreUnavailableException => null,
        UnauthorizedAccessException or IOException => new StoreUnavailableException(
            $"The database {provider.Description} cannot be made: {failure.Message} Give this program's user the right to write there.", failure),
        _ => provider.Translate(failure),
    };
}

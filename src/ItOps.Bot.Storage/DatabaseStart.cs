using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Storage;

/// <summary>
/// Before anything is served, the database is there with its schema, or the start fails and says why (I7). Entity Framework's first query costs some
/// hundred milliseconds of compiling, so it is made at once but not waited for.
/// </summary>
internal sealed class DatabaseStart(Database database) : IHostedLifecycleService
{
    private Task _warming = Task.CompletedTask;

    /// <exception cref="StoreUnavailableException">The database cannot be opened.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.EnsureReadyAsync(cancellationToken);
        _warming = Task.Factory.StartNew(WarmUpAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => _warming;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WarmUpAsync()
    {
        try
        {
            await database.ReadAsync(db => db.Set<AuditHeadRow>().AnyAsync(), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The next who needs the store is told, and readiness shows it.
        }
    }
}

using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Storage;

/// <summary>
/// Before anything is served, the database is there with its schema, or the start fails and says why (I7). The first read and the first commit of a
/// process cost some hundred milliseconds of compiling, so they are made as soon as the host has started, and not waited for.
/// </summary>
internal sealed class DatabaseStart(Database database, ICommitStore commits, IConversationStore conversations) : IHostedLifecycleService
{
    private static readonly ConversationId s_nowhere = new("none", "warm-up");

    private Task _warming = Task.CompletedTask;

    /// <exception cref="StoreUnavailableException">The database cannot be opened.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) => database.EnsureReadyAsync(cancellationToken).AsTask();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _warming = Task.Factory.StartNew(WarmUpAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _warming;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WarmUpAsync()
    {
        try
        {
            var context = await conversations.LoadAsync(s_nowhere, CancellationToken.None);
            // A second version of what was never stored is a conflict: all before it is written, and nothing is left behind.
            await commits.CommitAsync(
                new Commit()
                    .Add(new MessageQueued(new OutboxMessage("warm-up", s_nowhere, new Reply(""), DateTimeOffset.UnixEpoch)))
                    .Add(new MessageSent("warm-up", null))
                    .Add(new ConversationSaved(context with { Version = 2 })),
                CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The next who needs the store is told, and readiness shows it.
        }
    }
}

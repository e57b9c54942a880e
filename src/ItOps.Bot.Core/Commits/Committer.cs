using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Commits;

/// <summary>Commits, then tells the observers. All of Core writes through it.</summary>
public sealed class Committer(ICommitStore store, IServiceProvider provider, ILogger<Committer> log)
{
    // Observers commit too (a sent message, a started run), so they cannot be asked for before this exists.
    private readonly Lazy<ICommitObserver[]> _observers = new(() => [.. provider.GetServices<ICommitObserver>()]);

    /// <inheritdoc cref="ICommitStore.CommitAsync"/>
    public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        if (commit.IsEmpty)
            return CommitOutcome.Committed;
        var outcome = await store.CommitAsync(commit, cancellationToken);
        if (outcome == CommitOutcome.Committed)
        {
            foreach (var observer in _observers.Value)
                Tell(observer, commit);
        }

        return outcome;
    }

    /// <summary>What is durable stays so: an observer that fails must not look like a commit that failed, nor keep the others from hearing of it.</summary>
    private void Tell(ICommitObserver observer, Commit commit)
    {
        try
        {
            observer.Committed(commit);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Observer} failed on a commit that is stored", observer.GetType().Name);
        }
    }
}

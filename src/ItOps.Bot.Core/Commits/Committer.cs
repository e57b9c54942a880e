using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Commits;

/// <summary>Commits, then tells the observers. All of Core writes through it.</summary>
public sealed class Committer(ICommitStore store, IServiceProvider provider)
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
                observer.Committed(commit);
        }

        return outcome;
    }
}

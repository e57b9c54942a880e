using ItOps.Bot.Commits;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>When a process dies in the middle of a commit.</summary>
public enum Death { BeforeStoring, AfterStoring }

/// <summary>
/// Stands before the store of a whole bot: sees every commit, and dies at a chosen one, after which nothing of that process reaches the store any more.
/// It outlives restarts, so that the next process finds it alive again.
/// </summary>
public sealed class WatchedCommits
{
    private readonly Lock _gate = new();
    private readonly List<Commit> _stored = [];
    private Func<Commit, int, bool>? _dieAt;
    private Death _death;

    /// <summary>Everything that was stored, by all processes, in order of the answers.</summary>
    public IReadOnlyList<Commit> Stored
    {
        get
        {
            lock (_gate)
                return [.. _stored];
        }
    }

    /// <summary>How many commits were offered.</summary>
    public int Offered { get; private set; }

    public bool IsDead { get; private set; }

    /// <summary>The commit that it died of, in words.</summary>
    public string DiedAt { get; private set; } = "";

    /// <summary>Dies at the commit of this number from now on; the store may have warmed up with one of its own before.</summary>
    public void DieAt(int number, Death death)
    {
        lock (_gate)
        {
            var before = Offered;
            DieAt((_, n) => n - before == number, death);
        }
    }

    public void DieAt(Func<Commit, int, bool> when, Death death) => (_dieAt, _death) = (when, death);

    /// <summary>Dies at the first commit that records this action.</summary>
    public void DieAt(string auditedAction, Death death) =>
        DieAt((commit, _) => commit.Changes.OfType<Audited>().Any(a => a.Entry.Action == auditedAction), death);

    /// <summary>Dies no more.</summary>
    public void Spare() => _dieAt = null;

    /// <summary>Puts itself before the store of the process that is being built; the process is alive.</summary>
    public void Watch(IServiceCollection services)
    {
        var inner = services.Last(d => d.ServiceType == typeof(ICommitStore));
        services.AddSingleton<ICommitStore>(p => new Watched(this, (ICommitStore)inner.ImplementationFactory!(p)));
        if (IsDead)
            (_dieAt, IsDead) = (null, false);
    }

    private sealed class Watched(WatchedCommits watch, ICommitStore inner) : ICommitStore
    {
        private bool _dead;

        public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
        {
            var dies = false;
            lock (watch._gate)
            {
                if (!_dead)
                {
                    watch.Offered++;
                    if (watch._dieAt?.Invoke(commit, watch.Offered) == true)
                    {
                        dies = _dead = watch.IsDead = true;
                        watch.DiedAt = string.Join(", ", commit.Changes.Select(c => c is Audited a ? a.Entry.Action : c.GetType().Name));
                    }
                }
                else
                {
                    throw Dead();
                }
            }

            if (dies && watch._death == Death.BeforeStoring)
                throw Dead();
            var outcome = await inner.CommitAsync(commit, CancellationToken.None);
            lock (watch._gate)
            {
                if (outcome == CommitOutcome.Committed)
                    watch._stored.Add(commit);
            }

            return dies ? throw Dead() : outcome;
        }

        private static StoreUnavailableException Dead() => new("The process died here.", new IOException("dead"));
    }
}

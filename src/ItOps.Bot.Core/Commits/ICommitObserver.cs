namespace ItOps.Bot.Commits;

/// <summary>
/// Hears of a commit after it became durable, in this process only: to send what was queued, to run what was approved, to redraw a page. Must return at
/// once and must not throw; whatever it misses, the sweeper finds.
/// </summary>
public interface ICommitObserver
{
    void Committed(Commit commit);
}

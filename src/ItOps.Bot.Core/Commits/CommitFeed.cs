namespace ItOps.Bot.Commits;

/// <summary>Lets a page redraw when something it shows has changed.</summary>
public sealed class CommitFeed : Feed<Commit>, ICommitObserver
{
    public void Committed(Commit commit) => Publish(commit);
}

namespace ItOps.Bot.Commits;

/// <summary>
/// Lets a page redraw when something it shows has changed. Handlers run on the committing thread: they must only note that there is something to read.
/// </summary>
public sealed class CommitFeed : ICommitObserver
{
    private readonly Lock _gate = new();
    private Action<Commit>[] _handlers = [];

    public void Committed(Commit commit)
    {
        foreach (var handler in _handlers)
            handler(commit);
    }

    /// <summary>Until the returned value is disposed, calls <paramref name="handler"/> with every commit of this process.</summary>
    public IDisposable Subscribe(Action<Commit> handler)
    {
        lock (_gate)
            _handlers = [.. _handlers, handler];
        return new Subscription(this, handler);
    }

    private sealed class Subscription(CommitFeed feed, Action<Commit> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
                feed._handlers = [.. feed._handlers.Where(h => h != handler)];
        }
    }
}

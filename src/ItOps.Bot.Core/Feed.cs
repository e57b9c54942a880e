namespace ItOps.Bot;

/// <summary>Tells those who listen in this process that something happened. Handlers run on the telling thread: they must return at once and not throw.</summary>
public class Feed<T>
{
    private readonly Lock _gate = new();
    private Action<T>[] _handlers = [];

    public void Publish(T happened)
    {
        foreach (var handler in _handlers)
            handler(happened);
    }

    /// <summary>Until the returned value is disposed, calls <paramref name="handler"/> with everything that is published.</summary>
    public IDisposable Subscribe(Action<T> handler)
    {
        lock (_gate)
            _handlers = [.. _handlers, handler];
        return new Subscription(this, handler);
    }

    private sealed class Subscription(Feed<T> feed, Action<T> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
                feed._handlers = [.. feed._handlers.Where(h => h != handler)];
        }
    }
}

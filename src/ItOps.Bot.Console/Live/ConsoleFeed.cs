using ItOps.Bot.Conversations;

namespace ItOps.Bot.Console.Live;

/// <summary>
/// Tells open pages that a conversation of the console has something new. Transcripts are written outside commits, so commits do not say so.
/// </summary>
internal sealed class ConsoleFeed
{
    private readonly Lock _gate = new();
    private Action<ConversationId>[] _handlers = [];

    public void Changed(ConversationId conversation)
    {
        foreach (var handler in _handlers)
            handler(conversation);
    }

    /// <summary>Until the returned value is disposed, calls <paramref name="handler"/>, which must return at once.</summary>
    public IDisposable Subscribe(Action<ConversationId> handler)
    {
        lock (_gate)
            _handlers = [.. _handlers, handler];
        return new Subscription(this, handler);
    }

    private sealed class Subscription(ConsoleFeed feed, Action<ConversationId> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._gate)
                feed._handlers = [.. feed._handlers.Where(h => h != handler)];
        }
    }
}

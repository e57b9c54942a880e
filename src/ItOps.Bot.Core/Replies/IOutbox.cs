using ItOps.Bot.Conversations;

namespace ItOps.Bot.Replies;

/// <summary>Reads what waits to be sent and what was posted where.</summary>
public interface IOutbox
{
    /// <summary>
    /// Messages that are due, in the order they were queued, for channels in <paramref name="channels"/>; older than <paramref name="queuedBefore"/>
    /// so that what a living process is about to send is left to it.
    /// </summary>
    Task<IReadOnlyList<OutboxMessage>> DueAsync(
        IReadOnlyCollection<string> channels, DateTimeOffset now, DateTimeOffset queuedBefore, int take, CancellationToken cancellationToken);

    /// <summary>What still waits to be sent under a topic in a conversation, in the order it was queued; without what was given up.</summary>
    Task<IReadOnlyList<OutboxMessage>> WaitingAsync(string topic, ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>Every message that was posted under a topic.</summary>
    Task<IReadOnlyList<MessageReference>> PostedAsync(string topic, CancellationToken cancellationToken);

    Task<MessageReference?> PostedAsync(string topic, ConversationId conversation, CancellationToken cancellationToken);
}

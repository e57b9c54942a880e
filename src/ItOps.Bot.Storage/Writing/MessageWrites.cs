using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

internal sealed class QueueMessage(OutboxMessage message, string body) : IWrite
{
    private static readonly Statement s_queue = new(
        """
        INSERT INTO outbox (id, position, channel, conversation, topic, queued_at, next_attempt, attempts, body)
        VALUES (@id, (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox), @channel, @conversation, @topic, @queued_at, @queued_at, @attempts, @body)
        ON CONFLICT DO NOTHING
        """);

    public static QueueMessage Of(OutboxMessage message, StoredJson json) => new(message, json.Write(message));

    public bool Apply(WriteScope scope) => scope.Change(
        s_queue, message.Id, message.To.Channel, message.To.Value, message.Topic, message.QueuedAt.UtcTicks, message.Attempts, body);
}

/// <summary>A message that is gone from the outbox already was sent by somebody else: nothing is left to do, and nothing conflicts.</summary>
internal sealed class EndMessage(string messageId, MessageReference? posted) : IWrite
{
    private static readonly Statement s_end = new("DELETE FROM outbox WHERE id = @id RETURNING topic");

    private static readonly Statement s_remember = new(
        """
        INSERT INTO posted_messages (topic, channel, conversation, message_id) VALUES (@topic, @channel, @conversation, @message_id)
        ON CONFLICT (topic, channel, conversation) DO UPDATE SET message_id = excluded.message_id
        """);

    public bool Apply(WriteScope scope)
    {
        var topic = scope.First(s_end, row => row.IsDBNull(0) ? null : row.GetString(0), messageId);
        if (topic is not null && posted is not null)
            scope.Execute(s_remember, topic, posted.Conversation.Channel, posted.Conversation.Value, posted.MessageId);
        return true;
    }
}

internal sealed class DeferMessage(MessageDeferred deferred) : IWrite
{
    private static readonly Statement s_defer = new(
        "UPDATE outbox SET attempts = @attempts, next_attempt = @next_attempt, reason = @reason WHERE id = @id");

    public bool Apply(WriteScope scope)
    {
        scope.Execute(s_defer, deferred.Attempts, deferred.NextAttempt?.UtcTicks, deferred.Reason, deferred.MessageId);
        return true;
    }
}

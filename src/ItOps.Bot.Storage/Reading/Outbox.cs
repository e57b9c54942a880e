using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class Outbox(Database database, StoredJson json) : IOutbox
{
    public async Task<IReadOnlyList<OutboxMessage>> DueAsync(
        IReadOnlyCollection<string> channels, DateTimeOffset now, DateTimeOffset queuedBefore, int take, CancellationToken cancellationToken)
    {
        var (due, queued) = (now.UtcTicks, queuedBefore.UtcTicks);
        var rows = await database.ReadAsync(
            db => db.Set<OutboxRow>()
                .Where(r => r.NextAttempt <= due && r.QueuedAt < queued && channels.Contains(r.Channel))
                .OrderBy(r => r.Position)
                .Take(take)
                .Select(r => new { r.Body, r.Attempts })
                .ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows.Select(r => json.TryRead<OutboxMessage>(r.Body) is { } message ? message with { Attempts = r.Attempts } : null).OfType<OutboxMessage>()];
    }

    public async Task<IReadOnlyList<OutboxMessage>> WaitingAsync(string topic, ConversationId conversation, CancellationToken cancellationToken)
    {
        var (channel, value) = (conversation.Channel, conversation.Value);
        var bodies = await database.ReadAsync(
            db => db.Set<OutboxRow>()
                .Where(r => r.Topic == topic && r.Channel == channel && r.Conversation == value && r.NextAttempt != null)
                .OrderBy(r => r.Position)
                .Select(r => r.Body)
                .ToListAsync(cancellationToken),
            cancellationToken);
        return json.ReadAll<OutboxMessage>(bodies);
    }

    public Task<IReadOnlyList<MessageReference>> PostedAsync(string topic, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<MessageReference>>(
            async db => await db.Set<PostedMessageRow>()
                .Where(r => r.Topic == topic)
                .OrderBy(r => r.Channel).ThenBy(r => r.Conversation)
                .Select(r => new MessageReference(new ConversationId(r.Channel, r.Conversation), r.MessageId))
                .ToListAsync(cancellationToken),
            cancellationToken);

    public async Task<MessageReference?> PostedAsync(string topic, ConversationId conversation, CancellationToken cancellationToken)
    {
        var (channel, value) = (conversation.Channel, conversation.Value);
        var id = await database.ReadAsync(
            db => db.Set<PostedMessageRow>()
                .Where(r => r.Topic == topic && r.Channel == channel && r.Conversation == value)
                .Select(r => r.MessageId)
                .FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return id is null ? null : new MessageReference(conversation, id);
    }
}

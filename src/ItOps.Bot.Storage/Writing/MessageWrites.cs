using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

internal sealed class QueueMessage(OutboxRow row) : IWrite
{
    public static QueueMessage Of(OutboxMessage message, StoredJson json) => new(new()
    {
        Id = message.Id,
        Channel = message.To.Channel,
        Conversation = message.To.Value,
        Topic = message.Topic,
        QueuedAt = message.QueuedAt.UtcTicks,
        NextAttempt = message.QueuedAt.UtcTicks,
        Attempts = message.Attempts,
        Body = json.Write(message),
    });

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<OutboxRow>(row.Id, cancellationToken);
        row.Position = await scope.NextOutboxPositionAsync();
        scope.Db.Add(row);
        return true;
    }
}

/// <summary>A message that is gone from the outbox already was sent by somebody else: nothing is left to do, and nothing conflicts.</summary>
internal sealed class EndMessage(string messageId, MessageReference? posted) : IWrite
{
    private static readonly Func<BotDbContext, string, string, string, Task<string?>> s_posted = EF.CompileAsyncQuery(
        (BotDbContext db, string topic, string channel, string conversation) => db.Set<PostedMessageRow>()
            .Where(r => r.Topic == topic && r.Channel == channel && r.Conversation == conversation)
            .Select(r => r.MessageId)
            .FirstOrDefault());

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<OutboxRow>(messageId, cancellationToken);
        if (await QueuedMessages.FindAsync(scope.Db, messageId) is not { } row)
            return true;
        scope.Db.Remove(row);
        if (posted is not null && row.Topic is not null)
            await RememberAsync(scope, row.Topic, posted, cancellationToken);
        return true;
    }

    private static async Task RememberAsync(WriteScope scope, string topic, MessageReference posted, CancellationToken cancellationToken)
    {
        var (channel, conversation) = (posted.Conversation.Channel, posted.Conversation.Value);
        await scope.TouchAsync<PostedMessageRow>($"{topic} {posted.Conversation}", cancellationToken);
        var before = await s_posted(scope.Db, topic, channel, conversation);
        var row = new PostedMessageRow { Topic = topic, Channel = channel, Conversation = conversation, MessageId = posted.MessageId };
        if (before is null)
            scope.Db.Add(row);
        else if (before != posted.MessageId)
            scope.Db.Attach(row).State = EntityState.Modified;
    }
}

internal sealed class DeferMessage(MessageDeferred deferred) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<OutboxRow>(deferred.MessageId, cancellationToken);
        if (await QueuedMessages.FindAsync(scope.Db, deferred.MessageId) is not { } row)
            return true;
        row.Attempts = deferred.Attempts;
        row.NextAttempt = deferred.NextAttempt?.UtcTicks;
        row.Reason = deferred.Reason;
        scope.Db.Attach(row).State = EntityState.Modified;
        return true;
    }
}

internal static class QueuedMessages
{
    private static readonly Func<BotDbContext, string, Task<OutboxRow?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string id) => db.Set<OutboxRow>().FirstOrDefault(r => r.Id == id));

    public static Task<OutboxRow?> FindAsync(BotDbContext db, string id) => s_find(db, id);
}

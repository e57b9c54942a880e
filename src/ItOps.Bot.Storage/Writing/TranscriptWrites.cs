using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

internal sealed class PostToTranscript(string conversation, string messageId, string body) : IWrite
{
    private static readonly Func<BotDbContext, string, Task<long?>> s_last = EF.CompileAsyncQuery(
        (BotDbContext db, string where) => db.Set<TranscriptRow>().Where(r => r.Conversation == where).Max(r => (long?)r.Position));

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        var position = (await s_last(scope.Db, conversation) ?? 0) + 1;
        scope.Db.Add(new TranscriptRow { Conversation = conversation, MessageId = messageId, Position = position, Body = body });
        return true;
    }
}

/// <summary>The new body is made from the old one, so it is made here, where nobody else writes.</summary>
internal sealed class ChangeTranscript(string conversation, string messageId, Func<string, string> change) : IWrite
{
    private static readonly Func<BotDbContext, string, string, Task<TranscriptRow?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string where, string id) =>
            db.Set<TranscriptRow>().FirstOrDefault(r => r.Conversation == where && r.MessageId == id));

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        if (await s_find(scope.Db, conversation, messageId) is not { } row)
            return true;
        row.Body = change(row.Body);
        scope.Db.Attach(row).State = EntityState.Modified;
        return true;
    }
}

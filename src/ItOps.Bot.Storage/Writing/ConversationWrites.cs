using ItOps.Bot.Conversations;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Writing;

internal sealed class AcceptTurn(string id, string body) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<TurnRow>(id, cancellationToken);
        scope.Db.Add(new TurnRow { Id = id, AcceptedAt = scope.Now, Body = body });
        return true;
    }
}

internal sealed class HandleTurn(string id) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<TurnRow>(id, cancellationToken);
        var entry = scope.Db.Attach(new TurnRow { Id = id, AcceptedAt = 0, Handled = true, Body = "" });
        var handled = entry.Property(r => r.Handled);
        (handled.OriginalValue, handled.IsModified) = (false, true);
        entry.Property(r => r.Body).IsModified = true;
        return true;
    }
}

internal sealed class SaveConversation(ConversationRow row) : IWrite
{
    public static SaveConversation Of(ConversationContext conversation, StoredJson json) =>
        new(new() { Id = conversation.Id.ToString(), Version = conversation.Version, Body = json.Write(conversation) });

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.SaveVersionedAsync(row, row.Id, row.Version, cancellationToken);
        return true;
    }
}

internal sealed class SaveRoute(ConversationId conversation, string? route) : IWrite
{
    private static readonly Func<BotDbContext, string, Task<string?>> s_saved = EF.CompileAsyncQuery(
        (BotDbContext db, string conversation) => db.Set<RouteRow>().Where(r => r.Conversation == conversation).Select(r => r.Route).FirstOrDefault());

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<RouteRow>(conversation.ToString(), cancellationToken);
        var saved = await s_saved(scope.Db, conversation.ToString());
        var row = new RouteRow { Conversation = conversation.ToString(), Route = route ?? "" };
        if (route is null && saved is not null)
            scope.Db.Remove(row);
        else if (route is not null && saved is null)
            scope.Db.Add(row);
        else if (route is not null && saved != route)
            scope.Db.Attach(row).State = EntityState.Modified;
        return true;
    }
}

using ItOps.Bot.Conversations;
using ItOps.Bot.People;
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

internal sealed class BindConversation(PersonId person, ConversationId conversation) : IWrite
{
    private static readonly Func<BotDbContext, string, string, Task<string?>> s_bound = EF.CompileAsyncQuery(
        (BotDbContext db, string who, string channel) =>
            db.Set<BindingRow>().Where(r => r.Person == who && r.Channel == channel).Select(r => r.Conversation).FirstOrDefault());

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<BindingRow>($"{person} {conversation.Channel}", cancellationToken);
        var bound = await s_bound(scope.Db, person.Value, conversation.Channel);
        var row = new BindingRow { Person = person.Value, Channel = conversation.Channel, Conversation = conversation.Value };
        if (bound is null)
            scope.Db.Add(row);
        else if (bound != conversation.Value)
            scope.Db.Attach(row).State = EntityState.Modified;
        return true;
    }
}

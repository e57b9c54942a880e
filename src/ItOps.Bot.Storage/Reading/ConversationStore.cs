using System.Security.Cryptography;
using System.Text.Json;
using ItOps.Bot.Conversations;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Reading;

internal sealed class ConversationStore(Database database, StoredJson json, ILogger<ConversationStore> log) : IConversationStore
{
    private static readonly Func<BotDbContext, string, Task<ConversationRow?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string id) => db.Set<ConversationRow>().FirstOrDefault(r => r.Id == id));

    public async Task<ConversationContext> LoadAsync(ConversationId id, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(db => s_find(db, id.ToString()), cancellationToken);
        if (row is null)
            return new ConversationContext(id);
        try
        {
            var stored = json.Read<ConversationContext>(row.Body);
            if (stored.Schema <= ConversationContext.CurrentSchema)
                return stored with { Id = id, Schema = ConversationContext.CurrentSchema, Version = row.Version };
            log.LogWarning("Conversation {Conversation} was stored by a newer version (schema {Schema}) and starts over", id, stored.Schema);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or CryptographicException)
        {
            // Better a conversation that begins anew than a person who is never answered again.
            log.LogWarning(unreadable, "Conversation {Conversation} cannot be read any more and starts over", id);
        }

        return new ConversationContext(id) { Version = row.Version };
    }
}

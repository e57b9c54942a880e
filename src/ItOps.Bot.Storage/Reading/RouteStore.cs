using ItOps.Bot.Conversations;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class RouteStore(Database database) : IRouteStore
{
    private static readonly Func<BotDbContext, string, Task<string?>> s_find = EF.CompileAsyncQuery(
        (BotDbContext db, string conversation) => db.Set<RouteRow>().Where(r => r.Conversation == conversation).Select(r => r.Route).FirstOrDefault());

    public Task<string?> FindAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        database.ReadAsync(db => s_find(db, conversation.ToString()), cancellationToken);
}

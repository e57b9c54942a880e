using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

/// <summary>Reads records whose whole content is in their body.</summary>
internal sealed class Bodies(Database database, StoredJson json)
{
    public async Task<T?> FindAsync<T>(Func<BotDbContext, Task<string?>> find, CancellationToken cancellationToken)
        where T : class =>
        await database.ReadAsync(find, cancellationToken) is { } body ? json.Read<T>(body) : null;

    public async Task<IReadOnlyList<T>> ListAsync<T>(Func<BotDbContext, IQueryable<string>> query, CancellationToken cancellationToken)
        where T : class =>
        json.ReadAll<T>(await database.ReadAsync(db => query(db).ToListAsync(cancellationToken), cancellationToken));

    /// <summary>For hot reads: the query is translated once and for all.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(Func<BotDbContext, IAsyncEnumerable<string>> query, CancellationToken cancellationToken)
        where T : class =>
        json.ReadAll<T>(await database.ReadAsync(db => query(db).ToListAsync(cancellationToken).AsTask(), cancellationToken));
}

using ItOps.Bot.Secrets;

namespace ItOps.Bot.Testing.Secrets;

/// <summary>Nobody opened a one-time link.</summary>
public sealed class NoPickups : IPickupStore
{
    public Task<Pickup?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Pickup?>(null);

    public Task<IReadOnlyList<Pickup>> OfLinkAsync(string tokenHash, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Pickup>>([]);

    public Task<IReadOnlyList<Pickup>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Pickup>>([]);
}

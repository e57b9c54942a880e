namespace ItOps.Bot.Secrets;

/// <summary>Reads pickups. Writing is a commit.</summary>
public interface IPickupStore
{
    Task<Pickup?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All of one link, in the order they began.</summary>
    Task<IReadOnlyList<Pickup>> OfLinkAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Those that wait and whose time is over at <paramref name="now"/>.</summary>
    Task<IReadOnlyList<Pickup>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);
}

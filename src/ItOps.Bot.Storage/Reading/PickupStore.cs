using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class PickupStore(Bodies bodies) : IPickupStore
{
    private const string Asked = nameof(PickupStatus.Asked);
    private const string Confirmed = nameof(PickupStatus.Confirmed);

    public Task<Pickup?> FindAsync(string id, CancellationToken cancellationToken) =>
        bodies.FindAsync<Pickup>(db => db.Set<PickupRow>().Where(r => r.Id == id).Select(r => r.Body).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Pickup>> OfLinkAsync(string tokenHash, CancellationToken cancellationToken) =>
        bodies.ListAsync<Pickup>(db => db.Set<PickupRow>().Where(r => r.TokenHash == tokenHash).OrderBy(r => r.Ordinal).Select(r => r.Body), cancellationToken);

    public Task<IReadOnlyList<Pickup>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        var before = now.UtcTicks;
        return bodies.ListAsync<Pickup>(
            db => db.Set<PickupRow>().Where(r => (r.Status == Asked || r.Status == Confirmed) && r.ExpiresAt <= before).OrderBy(r => r.ExpiresAt).Take(take).Select(r => r.Body),
            cancellationToken);
    }
}

using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

internal sealed class SecretStore(Bodies bodies) : ISecretStore
{
    public Task<OneTimeSecret?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        bodies.FindAsync<OneTimeSecret>(
            db => db.Set<SecretRow>().Where(r => r.TokenHash == tokenHash).Select(r => r.Body).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<OneTimeSecret>> ExpiredAsync(DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        var before = now.UtcTicks;
        return bodies.ListAsync<OneTimeSecret>(
            db => db.Set<SecretRow>().Where(r => r.ExpiresAt <= before).OrderBy(r => r.ExpiresAt).Take(take).Select(r => r.Body),
            cancellationToken);
    }
}

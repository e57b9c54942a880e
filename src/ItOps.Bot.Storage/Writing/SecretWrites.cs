using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Model;

namespace ItOps.Bot.Storage.Writing;

internal sealed class StoreSecret(SecretRow row) : IWrite
{
    public static StoreSecret Of(OneTimeSecret secret, StoredJson json) =>
        new(new() { TokenHash = secret.TokenHash, ExpiresAt = secret.ExpiresAt.UtcTicks, Body = json.Write(secret) });

    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<SecretRow>(row.TokenHash, cancellationToken);
        scope.Db.Add(row);
        return true;
    }
}

/// <summary>Deleting what is not there is the conflict.</summary>
internal sealed class TakeSecret(string tokenHash) : IWrite
{
    public async ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken)
    {
        await scope.TouchAsync<SecretRow>(tokenHash, cancellationToken);
        scope.Db.Remove(new SecretRow { TokenHash = tokenHash, ExpiresAt = 0, Body = "" });
        return true;
    }
}

using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

internal sealed class StoreSecret(string tokenHash, long expiresAt, string body) : IWrite
{
    private static readonly Statement s_store = new(
        "INSERT INTO secrets (token_hash, expires_at, body) VALUES (@token_hash, @expires_at, @body) ON CONFLICT DO NOTHING");

    public static StoreSecret Of(OneTimeSecret secret, StoredJson json) => new(secret.TokenHash, secret.ExpiresAt.UtcTicks, json.Write(secret));

    public bool Apply(WriteScope scope) => scope.Change(s_store, tokenHash, expiresAt, body);
}

/// <summary>Deleting what is not there is the conflict.</summary>
internal sealed class TakeSecret(string tokenHash) : IWrite
{
    private static readonly Statement s_take = new("DELETE FROM secrets WHERE token_hash = @token_hash");

    public bool Apply(WriteScope scope) => scope.Change(s_take, tokenHash);
}

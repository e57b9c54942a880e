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

/// <summary>A second one of the same ordinal conflicts as a second one of the same version does.</summary>
internal sealed class SavePickup(Pickup pickup, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        """
        INSERT INTO pickups (token_hash, ordinal, status, version, expires_at, body, id)
        VALUES (@token_hash, @ordinal, @status, @version, @expires_at, @body, @id)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_update = new(
        """
        UPDATE pickups SET token_hash = @token_hash, ordinal = @ordinal, status = @status, version = @version, expires_at = @expires_at, body = @body
        WHERE id = @id AND version = @version - 1
        """);

    public static SavePickup Of(Pickup pickup, StoredJson json) => new(pickup, json.Write(pickup));

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        pickup.Version, s_insert, s_update, pickup.TokenHash, pickup.Ordinal, pickup.Status.ToString(), pickup.Version, pickup.ExpiresAt.UtcTicks, body, pickup.Id);
}

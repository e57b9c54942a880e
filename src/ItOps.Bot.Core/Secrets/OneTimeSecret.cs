using ItOps.Bot.People;

namespace ItOps.Bot.Secrets;

/// <summary>
/// What a one-time link opens: only the SHA-256 of its token is stored (hexadecimal), the payload is encrypted, and only <paramref name="Recipient"/> may take it.
/// </summary>
public sealed record OneTimeSecret(string TokenHash, PersonId Recipient, string Label, string ProtectedPayload, DateTimeOffset ExpiresAt, string? RequestId);

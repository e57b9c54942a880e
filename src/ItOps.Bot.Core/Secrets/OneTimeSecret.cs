using ItOps.Bot.Conversations;
using ItOps.Bot.People;

namespace ItOps.Bot.Secrets;

/// <summary>
/// What a one-time link opens: only the SHA-256 of its token is stored (hexadecimal), the payload is encrypted, and only <paramref name="Recipient"/> may take it.
/// </summary>
public sealed record OneTimeSecret(string TokenHash, PersonId Recipient, string Label, string ProtectedPayload, DateTimeOffset ExpiresAt, string? RequestId)
{
    /// <summary>The conversations that the link was sent to, where the recipient is asked whether it was they who opened it.</summary>
    public IReadOnlyList<ConversationId> SentTo { get; init; } = [];

    /// <summary>The moment, or the end of the secret when that comes first.</summary>
    public DateTimeOffset NoLaterThan(DateTimeOffset moment) => moment < ExpiresAt ? moment : ExpiresAt;
}

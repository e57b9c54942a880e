using ItOps.Bot.Secrets;

namespace ItOps.Bot.Assurance;

/// <summary>A code that was sent and waits to be read back. <paramref name="Code"/> is encrypted where the conversation is stored.</summary>
public sealed record CodeChallenge(Secret<string> Code, string Through, DateTimeOffset ExpiresAt, int TriesLeft);

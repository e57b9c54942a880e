using ItOps.Bot.Secrets;
using Microsoft.AspNetCore.DataProtection;

namespace ItOps.Bot.Host.Composition;

/// <summary>Secrets at rest under the keys that also protect the console's cookies: authenticated encryption, rotated, kept apart from the database.</summary>
internal sealed class DataProtectionSecrets(IDataProtectionProvider provider) : ISecretProtector
{
    public string Protect(string purpose, string plaintext) => provider.CreateProtector("ItOps.Bot", purpose).Protect(plaintext);

    public string Unprotect(string purpose, string ciphertext) => provider.CreateProtector("ItOps.Bot", purpose).Unprotect(ciphertext);
}

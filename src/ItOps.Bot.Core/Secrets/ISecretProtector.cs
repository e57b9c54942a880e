namespace ItOps.Bot.Secrets;

/// <summary>
/// Authenticated encryption at rest. <paramref name="purpose"/> separates uses: what was protected for one cannot be opened for another.
/// </summary>
public interface ISecretProtector
{
    string Protect(string purpose, string plaintext);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Tampered, another purpose, or the key is gone.</exception>
    string Unprotect(string purpose, string ciphertext);
}

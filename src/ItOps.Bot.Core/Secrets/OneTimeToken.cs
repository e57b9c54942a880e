using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Secrets;

/// <summary>256 bits that nobody guesses, of which only the SHA-256 is kept; both in lower-case hexadecimal.</summary>
public static class OneTimeToken
{
    public static (string Token, string Hash) New()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (token, HashOf(token));
    }

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares in a time that does not depend on where two hashes differ.</summary>
    public static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));
}

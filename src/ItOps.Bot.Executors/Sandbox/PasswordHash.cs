using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>Salted PBKDF2 (RFC 8018) with SHA-256, written as <c>iterations.salt.hash</c> so that the cost may rise later.</summary>
internal static class PasswordHash
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Of(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{iterations}.{Base64Url.EncodeToString(salt)}.{Base64Url.EncodeToString(hash)}");
    }

    public static bool Matches(string password, string stored)
    {
        var parts = stored.Split('.');
        var iterations = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var expected = Base64Url.DecodeFromChars(parts[2]);
        var actual = Rfc2898DeriveBytes.Pbkdf2(password, Base64Url.DecodeFromChars(parts[1]), iterations, HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }
}

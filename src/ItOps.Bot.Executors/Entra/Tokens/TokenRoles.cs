using System.Buffers.Text;
using System.Text.Json;

namespace ItOps.Bot.Executors.Entra.Tokens;

/// <summary>The application permissions that a token carries, in its claim "roles". Only read to tell the operator what is missing; Graph is who decides.</summary>
internal static class TokenRoles
{
    /// <summary>None when the token is not one that can be read.</summary>
    public static IReadOnlySet<string>? Of(string token)
    {
        try
        {
            if (token.Split('.') is not [_, var payload, _])
                return null;
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
                ? roles.EnumerateArray().Select(r => r.ToString()).ToHashSet(StringComparer.Ordinal)
                : new HashSet<string>(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

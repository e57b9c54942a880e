using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>
/// A sign-in that was begun in this browser, kept in its cookie alone until the provider sends the browser back: <paramref name="State"/> ties the answer to the
/// browser, <paramref name="Nonce"/> the token to the sign-in, <paramref name="Verifier"/> the code to us.
/// </summary>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string To, DateTimeOffset At)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static PendingSignIn Begin(string to, DateTimeOffset now) => new(Random(), Random(), Random(), to, now);

    public bool Fits(string? state) =>
        state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}

/// <summary>The cookie that holds a <see cref="PendingSignIn"/>; it comes back with the provider's redirect, which a strict one would not.</summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, OpenIdOptions options, TimeProvider time)
{
    private const string Cookie = "it-sign-in";

    private readonly IDataProtector _protector = protection.CreateProtector("ItOps.Bot.SignIn");

    public void Keep(HttpContext http, PendingSignIn pending) =>
        http.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(pending)), CookieOptions(PendingSignIn.Lasts));

    /// <summary>Taken once; none when there is none, or it is too old.</summary>
    public PendingSignIn? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { } kept)
            return null;
        http.Response.Cookies.Append(Cookie, "", CookieOptions(TimeSpan.Zero));
        try
        {
            return JsonSerializer.Deserialize<PendingSignIn>(_protector.Unprotect(kept)) is { } pending && time.GetUtcNow() - pending.At < PendingSignIn.Lasts ? pending : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private CookieOptions CookieOptions(TimeSpan lasts) => new()
    {
        HttpOnly = true,
        Secure = options.PublicUrl.Scheme == Uri.UriSchemeHttps,
        SameSite = SameSiteMode.Lax,
        Path = OpenIdOptions.CallbackPath,
        MaxAge = lasts,
    };
}

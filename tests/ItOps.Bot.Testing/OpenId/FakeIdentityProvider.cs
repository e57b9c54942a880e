using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.OpenId;

/// <summary>What the provider does wrong, or an attacker in its place.</summary>
public enum ProviderFault { None, OtherNonce, OtherIssuer, OtherAudience, NoSignature, SharedSecret, ForeignKey, RunOut, NoPerson, ManyAudiences, Garbage, Away }

/// <summary>
/// An OpenID Connect provider on loopback that holds clients to the code flow: one redirect address, PKCE with S256, a code that is good once and only for who asked
/// for it, and the client's secret.
/// </summary>
public sealed class FakeIdentityProvider : IAsyncDisposable
{
    public const string ClientId = "itops-console";
    public const string ClientSecret = "s3cret of the client: with +signs/";
    public const string ApiAudience = "api://itops";

    private readonly WebApplication _app;
    private readonly Dictionary<string, Grant> _codes = [];
    private RSA _key = RSA.Create(2048);
    private int _keyNumber = 1;

    private FakeIdentityProvider(WebApplication app) => _app = app;

    public Uri Authority => new(_app.Urls.Single());

    /// <summary>The only address that people are sent back to.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>The value of the claim <c>oid</c> of whoever signs in next.</summary>
    public string Person { get; set; } = "";

    public ProviderFault Fault { get; set; }

    public int TokensAsked { get; private set; }

    public int KeysRead { get; private set; }

    public static async Task<FakeIdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new FakeIdentityProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Discover);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", (Delegate)provider.Authorize);
        app.MapPost("/token", (Delegate)provider.TokenAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>From now on another key signs.</summary>
    public void RotateKey()
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _keyNumber++;
    }

    /// <summary>A token for the API, as a program gets one.</summary>
    public string AccessToken(string person, string? audience = ApiAudience) => Sign(new()
    {
        ["iss"] = Issuer,
        ["aud"] = audience,
        ["exp"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(),
        ["oid"] = person,
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Issuer => Authority.AbsoluteUri.TrimEnd('/');

    private IResult Discover() => Fault == ProviderFault.Away ? Results.StatusCode(503) : Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = Issuer + "/authorize",
        ["token_endpoint"] = Issuer + "/token",
        ["jwks_uri"] = Issuer + "/keys",
        ["response_types_supported"] = new[] { "code" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic" },
        ["authorization_response_iss_parameter_supported"] = true,
    });

    private IResult Keys()
    {
        KeysRead++;
        var key = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Encode(key.Modulus!), e = Encode(key.Exponent!) } } });
    }

    private string KeyId => $"key-{_keyNumber}";

    private IResult Authorize(HttpRequest request)
    {
        string Of(string name) => request.Query[name].ToString();
        if (Of("client_id") != ClientId || Of("redirect_uri") != RedirectUri)
            return Results.BadRequest("unknown client or redirect address");
        var back = $"{RedirectUri}?state={Uri.EscapeDataString(Of("state"))}&iss={Uri.EscapeDataString(Issuer)}";
        if (Of("response_type") != "code" || Of("code_challenge_method") != "S256" || Of("code_challenge").Length != 43 || !Of("scope").Split(' ').Contains("openid"))
            return Results.Redirect(back + "&error=invalid_request");
        if (Of("nonce").Length < 20 || Of("state").Length < 20)
            return Results.Redirect(back + "&error=invalid_request");
        var code = Encode(RandomNumberGenerator.GetBytes(24));
        _codes[code] = new(Person, Of("nonce"), Of("code_challenge"));
        return Results.Redirect($"{back}&code={code}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        TokensAsked++;
        if (Fault == ProviderFault.Garbage)
            return Results.Content("<html>busy</html>", "text/html");
        var form = await request.ReadFormAsync();
        if (!IsTheClient(request.Headers.Authorization.ToString()))
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (form["grant_type"] != "authorization_code" || form["redirect_uri"] != RedirectUri
            || !_codes.Remove(form["code"].ToString(), out var grant)
            || Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != grant.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        return Results.Json(new { access_token = "opaque", token_type = "Bearer", id_token = Sign(Claims(grant)) });
    }

    private Dictionary<string, object?> Claims(Grant grant) => new()
    {
        ["iss"] = Fault == ProviderFault.OtherIssuer ? "https://elsewhere.example" : Issuer,
        ["aud"] = Fault switch
        {
            ProviderFault.OtherAudience => "another-client",
            ProviderFault.ManyAudiences => new[] { ClientId, "another-client" },
            _ => ClientId,
        },
        ["exp"] = (Fault == ProviderFault.RunOut ? DateTimeOffset.UtcNow.AddHours(-1) : DateTimeOffset.UtcNow.AddHours(1)).ToUnixTimeSeconds(),
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["nonce"] = Fault == ProviderFault.OtherNonce ? "another" : grant.Nonce,
        ["sub"] = "pairwise",
        ["oid"] = Fault == ProviderFault.NoPerson ? null : grant.Person,
    };

    private string Sign(Dictionary<string, object?> claims)
    {
        var alg = Fault switch
        {
            ProviderFault.NoSignature => "none",
            ProviderFault.SharedSecret => "HS256",
            _ => "RS256",
        };
        var signed = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg, typ = "JWT", kid = KeyId }))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        using var foreign = RSA.Create(2048);
        return signed + "." + Fault switch
        {
            ProviderFault.NoSignature => "",
            ProviderFault.SharedSecret => Encode(HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), bytes)),
            ProviderFault.ForeignKey => Encode(foreign.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            _ => Encode(_key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
    }

    private static bool IsTheClient(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
            return false;
        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':', 2);
        return Uri.UnescapeDataString(pair[0]) == ClientId && Uri.UnescapeDataString(pair[1]) == ClientSecret;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private sealed record Grant(string Person, string Nonce, string Challenge);
}

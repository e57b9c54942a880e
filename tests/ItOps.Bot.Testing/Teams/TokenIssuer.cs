using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Teams;

/// <summary>What may be wrong with a token.</summary>
public enum TokenDefect
{
    None,
    Expired,
    NotYetValid,
    NoExpiry,
    WrongAudience,
    WrongIssuer,
    WrongServiceUrl,
    NoServiceUrl,
    NotSigned,
    UnknownKey,
    KeyOfAnotherChannel,
    SignedWithThePublicKeyAsSecret,
    ChangedAfterSigning,
}

/// <summary>Signs what the fake connector sends to the bot, as the platform does, or wrongly on purpose. It shares no code with what checks it.</summary>
public sealed class TokenIssuer(TimeProvider time, string audience)
{
    public const string Issuer = "https://api.botframework.com";

    // Made once for all tests of a run: a key takes longer than most of them.
    private static readonly Key s_first = new("key-1", ["msteams", "webchat"]);
    private static readonly Key s_otherChannel = new("webchat-only", ["webchat"]);
    private static readonly Key s_strange = new("never-published", ["msteams"]);

    private readonly Lock _gate = new();
    private Key _current = s_first;
    private int _keys = 1;
    private int _reads;

    /// <summary>While set, neither the metadata nor the keys can be had.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often the metadata was read, or tried to be.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>From now on a new key signs, and the old one is gone.</summary>
    public void Rotate()
    {
        lock (_gate)
            _current = new($"key-{++_keys}", ["msteams", "webchat"]);
    }

    public string Mint(Uri serviceUrl, TokenDefect defect = TokenDefect.None)
    {
        Key key;
        lock (_gate)
            key = defect switch { TokenDefect.UnknownKey => s_strange, TokenDefect.KeyOfAnotherChannel => s_otherChannel, _ => _current };
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = defect == TokenDefect.WrongIssuer ? "https://sts.windows.net/somebody/" : Issuer,
            ["aud"] = defect == TokenDefect.WrongAudience ? "00000000-0000-0000-0000-00000000beef" : audience,
            ["nbf"] = defect == TokenDefect.NotYetValid ? now + 3_600 : now - 10,
            ["serviceurl"] = defect == TokenDefect.WrongServiceUrl ? "https://smba.example.net/elsewhere/" : serviceUrl.AbsoluteUri,
        };
        if (defect == TokenDefect.NoServiceUrl)
            claims.Remove("serviceurl");
        if (defect != TokenDefect.NoExpiry)
            claims["exp"] = defect == TokenDefect.Expired ? now - 600 : now + 3_600;
        return Signed(key, claims, defect);
    }

    internal JsonObject? Metadata(Uri address)
    {
        Interlocked.Increment(ref _reads);
        return IsDown ? null : new()
        {
            ["issuer"] = Issuer,
            ["jwks_uri"] = new Uri(address, "v1/.well-known/keys").AbsoluteUri,
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };
    }

    internal JsonObject? Keys()
    {
        lock (_gate)
            return IsDown ? null : new() { ["keys"] = new JsonArray(_current.Published(), s_otherChannel.Published()) };
    }

    private static string Signed(Key key, JsonObject claims, TokenDefect defect)
    {
        var algorithm = defect switch { TokenDefect.NotSigned => "none", TokenDefect.SignedWithThePublicKeyAsSecret => "HS256", _ => "RS256" };
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = key.Id };
        var signed = $"{Encoded(header.ToJsonString())}.{Encoded(claims.ToJsonString())}";
        var signature = defect switch
        {
            TokenDefect.NotSigned => "",
            TokenDefect.SignedWithThePublicKeyAsSecret => Base64Url.EncodeToString(HMACSHA256.HashData(key.Rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed))),
            _ => Base64Url.EncodeToString(key.Rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
        if (defect == TokenDefect.ChangedAfterSigning)
        {
            claims["exp"] = claims["exp"]!.GetValue<long>() + 60;
            signed = $"{Encoded(header.ToJsonString())}.{Encoded(claims.ToJsonString())}";
        }

        return $"{signed}.{signature}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private sealed class Key(string id, string[] endorsements)
    {
        public string Id => id;

        public RSA Rsa { get; } = RSA.Create(2048);

        public JsonObject Published()
        {
            var parameters = Rsa.ExportParameters(includePrivateParameters: false);
            return new()
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = id,
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
                ["endorsements"] = new JsonArray([.. endorsements.Select(e => (JsonNode)e)]),
            };
        }
    }
}

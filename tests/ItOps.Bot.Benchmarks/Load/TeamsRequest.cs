using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>
/// A message as Teams sends it, with a token of an issuer of our own. As from Teams, one token serves many messages; the bot checks it each time.
/// </summary>
internal sealed class TeamsRequest : IDisposable
{
    public const string AppId = "8f3e2d1c-0b4a-4c5d-9e6f-7a8b9c0d1e2f";

    private const string KeyId = "benchmark";

    private readonly RSA _key = RSA.Create(2048);
    private readonly string _serviceUrl;
    private readonly string _token;

    public TeamsRequest(int sinkPort)
    {
        _serviceUrl = $"http://127.0.0.1:{sinkPort}/";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var head = Part(new { alg = "RS256", typ = "JWT", kid = KeyId });
        var claims = Part(new { iss = "https://api.botframework.com", aud = AppId, nbf = now - 60, exp = now + 3600, serviceurl = _serviceUrl });
        var signature = _key.SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _token = $"{head}.{claims}.{Convert.ToBase64String(signature).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
    }

    /// <summary>The issuer's public key, as JSON Web Key Set with the endorsement for Teams.</summary>
    public string Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new { keys = new[] { new { kty = "RSA", use = "sig", kid = KeyId, n = Url(key.Modulus!), e = Url(key.Exponent!), endorsements = new[] { "msteams" } } } });
    }

    public byte[] Make(int number, bool withToken)
    {
        var user = BenchmarkPeople.TeamsUser(number);
        var at = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var body = JsonSerializer.Serialize(new
        {
            type = "message",
            id = Guid.NewGuid().ToString("N"),
            timestamp = at,
            localTimestamp = at,
            channelId = "msteams",
            serviceUrl = _serviceUrl,
            from = new { id = "29:" + user, name = "Someone", aadObjectId = user },
            recipient = new { id = "28:" + AppId, name = "ItOps" },
            conversation = new { id = "a:" + user, conversationType = "personal", tenantId = BenchmarkPeople.Tenant },
            channelData = new { tenant = new { id = BenchmarkPeople.Tenant } },
            textFormat = "plain",
            text = Questions.Of(number),
        });
        var authorization = withToken ? $"Authorization: Bearer {_token}\r\n" : "";
        return Encoding.UTF8.GetBytes(
            $"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{authorization}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    public void Dispose() => _key.Dispose();

    private static string Part(object value) => Url(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

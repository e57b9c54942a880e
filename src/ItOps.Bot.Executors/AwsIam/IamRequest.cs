using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>One call of IAM's Query API, version 2010-05-08.</summary>
internal sealed record IamRequest(IamAction Action, params IReadOnlyList<(string Name, string Value)> Parameters)
{
    private const string Version = "2010-05-08";
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>Sent as the parameter of the same name.</summary>
    public Secret<string>? Password { get; init; }

    /// <summary>The password never leaves in a message of IAM's, should one quote it.</summary>
    public string WithoutSecrets(string text) => Password is null ? text : text.Replace(Password.Reveal(), "***", StringComparison.Ordinal);

    /// <summary>The request with its signature: the canonical form of a fixed set of headers is ours, the signature the SDK's (Signature Version 4).</summary>
    public HttpRequestMessage Signed(Uri url, string region, ImmutableCredentials keys, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(Body());
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new List<(string Name, string Value)> { ("content-type", ContentType), ("host", url.Authority), ("x-amz-date", date) };
        if (keys.UseToken)
            headers.Add(("x-amz-security-token", keys.Token));
        var names = string.Join(';', headers.Select(h => h.Name));
        var canonical = string.Join('\n', ["POST", "/", "", .. headers.Select(h => $"{h.Name}:{h.Value}"), "", names, Convert.ToHexStringLower(SHA256.HashData(body))]);

        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        foreach (var (name, value) in headers.Where(h => h.Name.StartsWith("x-amz-", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation(name, value);
        var signature = AWS4Signer.ComputeSignature(keys, region, now.UtcDateTime, "iam", names, canonical);
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return request;
    }

    private string Body()
    {
        IEnumerable<(string Name, string Value)> all = [("Action", Action.Name), ("Version", Version), .. Parameters];
        if (Password is not null)
            all = all.Append(("Password", Password.Reveal()));
        return string.Join('&', all.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
    }
}

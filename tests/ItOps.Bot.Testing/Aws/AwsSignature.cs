using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Aws;

/// <summary>
/// Checks a signature as AWS does, from the specification (Signature Version 4, "Create a signed AWS API request"): the request as it arrived is made canonical
/// and signed again with the secret that belongs to the key.
/// </summary>
public sealed partial record AwsSignature(string KeyId, string Date, string Region, string Scope, string[] SignedHeaders, string Value)
{
    public static AwsSignature? Parse(string header)
    {
        var match = Header().Match(header);
        return match.Success
            ? new(match.Groups["key"].Value, match.Groups["date"].Value, match.Groups["region"].Value, match.Groups["service"].Value, match.Groups["headers"].Value.Split(';'), match.Groups["signature"].Value)
            : null;
    }

    /// <summary>What is wrong with it; none when it is good.</summary>
    public string? Flaw(HttpRequest request, byte[] body, string secret, DateTimeOffset now)
    {
        string[] needed = request.Headers.ContainsKey("x-amz-security-token") ? ["host", "x-amz-date", "x-amz-security-token"] : ["host", "x-amz-date"];
        if (needed.Except(SignedHeaders).Any())
            return "a header that must be signed is not: " + string.Join(", ", needed.Except(SignedHeaders));
        if (!SignedHeaders.SequenceEqual(SignedHeaders.Order(StringComparer.Ordinal)))
            return "the signed headers are not in order";
        var stamp = request.Headers["x-amz-date"].ToString();
        if (!DateTimeOffset.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || !stamp.StartsWith(Date, StringComparison.Ordinal))
            return "the date is not one, or not that of the scope";
        if ((now - at).Duration() > TimeSpan.FromMinutes(5))
            return $"Signature expired: {stamp} is too far from {now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";

        var canonicalHeaders = string.Concat(SignedHeaders.Select(name => $"{name}:{Spaces().Replace(request.Headers[name].ToString().Trim(), " ")}\n"));
        var canonical = $"{request.Method}\n{request.Path}\n{CanonicalQuery(request)}\n{canonicalHeaders}\n{string.Join(';', SignedHeaders)}\n{Hex(SHA256.HashData(body))}";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{Date}/{Region}/{Scope}/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { Date, Region, Scope, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Mac);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hex(Mac(key, toSign))), Encoding.ASCII.GetBytes(Value))
            ? null
            : "The request signature we calculated does not match the signature you provided.";
    }

    private static string CanonicalQuery(HttpRequest request) => string.Join('&', request.Query
        .SelectMany(q => q.Value.Select(v => (Name: Uri.EscapeDataString(q.Key), Value: Uri.EscapeDataString(v ?? ""))))
        .OrderBy(q => q.Name, StringComparer.Ordinal).ThenBy(q => q.Value, StringComparer.Ordinal)
        .Select(q => $"{q.Name}={q.Value}"));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(@"^AWS4-HMAC-SHA256 Credential=(?<key>\w+)/(?<date>\d{8})/(?<region>[\w-]+)/(?<service>\w+)/aws4_request, ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})\z")]
    private static partial Regex Header();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Channels.Slack;

/// <summary>
/// Slack's proof that a request is Slack's: v0 = HMAC-SHA256 of "v0:timestamp:body" under the signing secret, over the bytes as they came, not older than five
/// minutes, and seen for the first time.
/// </summary>
internal sealed class SlackProof(SlackOptions options, TimeProvider time)
{
    private const string Version = "v0=";

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.SigningSecret?.Reveal() is { Length: > 0 } secret
        ? secret
        : throw new InvalidOperationException("There is no signing secret, so nothing can be proved."));

    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Until, string Signature)> _order = new();

    /// <summary>
    /// Why the request is not believed, in one or two of our own words; none when it is. A believed signature is remembered: Slack signs each delivery anew, its
    /// own retries too, so the same signature twice is a copy that somebody kept. (What Slack repeats itself, the inbox absorbs by the turn's id.)
    /// </summary>
    public string? Refusal(string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
            return "no signature";
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return "bad timestamp";
        var now = time.GetUtcNow();
        if (Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) > (decimal)SlackLimits.SignatureAge.TotalSeconds)
            return "stale";
        if (!IsRight(timestamp, signature, body))
            return "bad signature";
        return Remember(signature, now) ? null : "replayed";
    }

    /// <summary>It could not be worked on after all, so a copy of it (a proxy's second try) is still its first time.</summary>
    public void Forget(string signature)
    {
        lock (_gate)
            _seen.Remove(signature.ToLowerInvariant());
    }

    private bool IsRight(string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!signature.StartsWith(Version, StringComparison.Ordinal)
            || signature.Length != Version.Length + (2 * HMACSHA256.HashSizeInBytes)
            || Convert.FromHexString(signature.AsSpan(Version.Length), claimed, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.GetHashAndReset(right);
        return CryptographicOperations.FixedTimeEquals(claimed, right);
    }

    private bool Remember(string signature, DateTimeOffset now)
    {
        // One signature in other letters (A3 for a3) is the same one.
        var key = signature.ToLowerInvariant();
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count >= SlackLimits.SignaturesRemembered))
                _seen.Remove(_order.Dequeue().Signature);
            if (!_seen.Add(key))
                return false;
            _order.Enqueue((now + SlackLimits.SignatureMemory, key));
            return true;
        }
    }
}

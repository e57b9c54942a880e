using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ItOps.Bot.Channels.Teams.Tokens;

/// <summary>A key that signs what Teams sends, and the channels that it may speak for.</summary>
internal sealed record ConnectorKey(SecurityKey Key, IReadOnlySet<string> Endorsements);

/// <summary>
/// The platform's signing keys. They are read when first needed and once a day; an unknown key id makes them be read again at once, but not again within a minute,
/// so that a flood of invented ids asks the platform for nothing. When they cannot be read, those that are known stay good for a while.
/// </summary>
internal sealed class ConnectorKeys(HttpClient http, TeamsOptions options, TimeProvider time, ILogger<ConnectorKeys> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(5);
    private static readonly TimeSpan PauseAfterUnknown = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile KeySet? _known;
    private DateTimeOffset _nextForUnknown = DateTimeOffset.MinValue;
    private DateTimeOffset _nextAfterFailure = DateTimeOffset.MinValue;

    /// <summary>Why no token can be checked now; none when one can, or nobody has tried yet.</summary>
    public string? Problem { get; private set; }

    /// <summary>The key with this id; none when the platform has no such key.</summary>
    /// <exception cref="KeysUnavailableException">No keys are known and none can be had.</exception>
    public async Task<ConnectorKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var known = _known is { } fresh && time.GetUtcNow() - fresh.ReadAt < Fresh ? fresh : await RefreshAsync(_known, cancellationToken);
        if (known.Keys.TryGetValue(keyId, out var key))
            return key;
        return (await RefreshForUnknownAsync(known, cancellationToken)).Keys.GetValueOrDefault(keyId);
    }

    /// <summary>Reads the keys now; how many there are.</summary>
    /// <exception cref="KeysUnavailableException">They cannot be had.</exception>
    public async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return (await FetchAsync(cancellationToken)).Keys.Count;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<KeySet> RefreshForUnknownAsync(KeySet known, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known != known || time.GetUtcNow() < _nextForUnknown)
                return _known ?? known;
            _nextForUnknown = time.GetUtcNow() + PauseAfterUnknown;
            return await FetchAsync(cancellationToken);
        }
        catch (KeysUnavailableException e)
        {
            log.LogWarning(e, "An unknown key id could not be looked up");
            return known;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<KeySet> RefreshAsync(KeySet? stale, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known != stale && _known is { } newer)
                return newer;
            if (time.GetUtcNow() < _nextAfterFailure)
                return StillGood(stale) ?? throw new KeysUnavailableException(Problem ?? "The keys could not be read a moment ago.", null);
            return await FetchAsync(cancellationToken);
        }
        catch (KeysUnavailableException e) when (StillGood(stale) is { } usable)
        {
            log.LogWarning(e, "The platform's keys could not be read again; those from {ReadAt} are used", usable.ReadAt);
            return usable;
        }
        finally
        {
            _gate.Release();
        }
    }

    private KeySet? StillGood(KeySet? keys) => keys is not null && time.GetUtcNow() - keys.ReadAt < LongestUse ? keys : null;

    private async Task<KeySet> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var metadata = OpenIdConnectConfiguration.Create(await http.GetStringAsync(options.OpenIdMetadata, cancellationToken));
            if (!Uri.TryCreate(metadata.JwksUri, UriKind.Absolute, out var address) || !options.MaySpeakTo(address))
                throw new KeysUnavailableException($"{options.OpenIdMetadata} names no https address of keys.", null);
            var keys = Read(await http.GetStringAsync(address, cancellationToken));
            if (keys.Count == 0)
                throw new KeysUnavailableException($"{address} has no keys.", null);
            Problem = null;
            return _known = new(keys, time.GetUtcNow());
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or ArgumentException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(new($"{options.OpenIdMetadata} cannot be read: {e.Message}", e));
        }
        catch (KeysUnavailableException e)
        {
            throw Unavailable(e);
        }
    }

    private KeysUnavailableException Unavailable(KeysUnavailableException e)
    {
        _nextAfterFailure = time.GetUtcNow() + PauseAfterFailure;
        if (StillGood(_known) is null)
            Problem = e.Message + " No request of Teams is accepted until it can; check Channels:Teams:OpenIdMetadata and the way out of this network.";
        return e;
    }

    private static Dictionary<string, ConnectorKey> Read(string json)
    {
        // IdentityModel's own keys do not keep the endorsements in a documented form.
        using var document = JsonDocument.Parse(json);
        var endorsements = document.RootElement.GetProperty("keys").EnumerateArray()
            .Where(k => k.TryGetProperty("kid", out _) && k.TryGetProperty("endorsements", out _))
            .GroupBy(k => k.GetProperty("kid").GetString() ?? "", StringComparer.Ordinal)
            .ToDictionary(k => k.Key, k => k.Last().GetProperty("endorsements").EnumerateArray().Select(e => e.GetString() ?? "").ToHashSet(StringComparer.Ordinal));
        return new JsonWebKeySet(json).Keys
            .Where(k => k.Kty == JsonWebAlgorithmsKeyTypes.RSA && !string.IsNullOrEmpty(k.Kid))
            .DistinctBy(k => k.Kid, StringComparer.Ordinal)
            .ToDictionary(k => k.Kid, k => new ConnectorKey(k, endorsements.GetValueOrDefault(k.Kid) ?? []), StringComparer.Ordinal);
    }

    private sealed record KeySet(IReadOnlyDictionary<string, ConnectorKey> Keys, DateTimeOffset ReadAt);
}

/// <summary>Nothing can be checked: neither the keys nor what was known of them can be had.</summary>
internal sealed class KeysUnavailableException(string message, Exception? inner) : OperatorException(message, inner);

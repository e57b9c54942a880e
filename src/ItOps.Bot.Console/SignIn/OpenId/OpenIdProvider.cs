using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>The provider cannot be used now; <see cref="Exception.Message"/> says why, for the operator.</summary>
internal sealed class ProviderUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What the provider publishes: its addresses and its keys. Read when first needed and once a day; an unknown key id makes them be read again, but not again within a
/// minute, so that invented ids ask the provider for nothing.
/// </summary>
internal sealed class OpenIdProvider(HttpClient http, OpenIdOptions options, TimeProvider time, ILogger<OpenIdProvider> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private static readonly TimeSpan PauseAfterUnknown = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private Published? _known;
    private DateTimeOffset _nextForUnknown = DateTimeOffset.MinValue;

    /// <exception cref="ProviderUnavailableException">It cannot be read.</exception>
    public async Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellationToken) => (await PublishedAsync(cancellationToken)).Configuration;

    /// <summary>The key with this id; none when the provider has no such key.</summary>
    /// <exception cref="ProviderUnavailableException">It cannot be read.</exception>
    public async Task<SecurityKey?> KeyAsync(string? keyId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(keyId))
            return null;
        var known = await PublishedAsync(cancellationToken);
        return Find(known, keyId) ?? Find(await AgainAsync(known, cancellationToken), keyId);
    }

    public void Dispose() => _gate.Dispose();

    private static SecurityKey? Find(Published known, string keyId) => known.Keys.FirstOrDefault(k => k.KeyId == keyId);

    private async Task<Published> PublishedAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } known && time.GetUtcNow() - known.ReadAt < Fresh)
                return known;
            return _known = await ReadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Published> AgainAsync(Published known, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known != known || time.GetUtcNow() < _nextForUnknown)
                return _known ?? known;
            _nextForUnknown = time.GetUtcNow() + PauseAfterUnknown;
            return _known = await ReadAsync(cancellationToken);
        }
        catch (ProviderUnavailableException e)
        {
            log.LogWarning(e, "An unknown key id could not be looked up");
            return known;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="ProviderUnavailableException">It cannot be read, or says something that cannot be.</exception>
    public async Task<Published> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var configuration = OpenIdConnectConfiguration.Create(await http.GetStringAsync(options.Discovery, cancellationToken));
            if (configuration.Issuer?.TrimEnd('/') != options.Authority.AbsoluteUri.TrimEnd('/'))
                throw new ProviderUnavailableException($"{options.Discovery} is of the issuer '{configuration.Issuer}'; Console:SignIn:Authority must be that address.");
            foreach (var (name, address) in new[] { ("authorization_endpoint", configuration.AuthorizationEndpoint), ("token_endpoint", configuration.TokenEndpoint), ("jwks_uri", configuration.JwksUri) })
            {
                if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !options.MaySpeakTo(url))
                    throw new ProviderUnavailableException($"{options.Discovery} names no https address as {name}.");
            }

            var keys = new JsonWebKeySet(await http.GetStringAsync(configuration.JwksUri, cancellationToken)).GetSigningKeys();
            return keys.Count > 0 ? new(configuration, [.. keys], time.GetUtcNow()) : throw new ProviderUnavailableException($"{configuration.JwksUri} has no keys.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or ArgumentException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderUnavailableException($"{options.Discovery} cannot be read: {e.Message}", e);
        }
    }

    internal sealed record Published(OpenIdConnectConfiguration Configuration, IReadOnlyList<SecurityKey> Keys, DateTimeOffset ReadAt);
}

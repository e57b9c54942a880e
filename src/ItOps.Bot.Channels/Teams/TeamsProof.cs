using System.Net;
using ItOps.Bot.Channels.Teams.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ItOps.Bot.Channels.Teams;

/// <summary>An activity whose origin is proved, or why it is turned away.</summary>
internal sealed record Proved(TeamsEnvelope? Envelope, Refusal? Refusal)
{
    public static implicit operator Proved(TeamsEnvelope envelope) => new(envelope, null);

    public static implicit operator Proved(Refusal refusal) => new(null, refusal);
}

/// <param name="Status">What the sender gets.</param>
/// <param name="Why">One of our own words.</param>
/// <param name="Detail">For the log; may hold text of the request.</param>
internal sealed record Refusal(int Status, string Why, string Detail);

/// <summary>
/// What the platform vouches for: the activity, the tenant it comes from, and the address that answers go to. Identity is read from nothing else (I4).
/// </summary>
internal sealed record TeamsEnvelope(Activity Activity, string Tenant, Uri ServiceUrl);

/// <summary>
/// Proves that a request comes from Teams and is meant for this bot: the token's signature, issuer, audience, life time and service URL, the key's endorsement for the
/// channel, and the tenant.
/// </summary>
internal sealed class TeamsProof(TeamsOptions options, ConnectorKeys keys, TimeProvider time)
{
    public const string Channel = "msteams";
    public const string Issuer = "https://api.botframework.com";

    private static readonly string[] s_foreign = ["X-Forwarded-For", "Forwarded", "Origin", "Sec-Fetch-Site"];

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false };

    /// <exception cref="KeysUnavailableException">Nothing can be proved now.</exception>
    public async Task<Proved> ProveAsync(HttpRequest request, byte[] body, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is not { Count: > 0 } header)
            return options.AllowUnauthenticatedLoopback && IsLocal(request) ? WithoutToken(body) : new Refusal(401, "no token", "There is no Authorization header.");
        var (token, key, refusal) = await CheckTokenAsync(header.ToString(), cancellationToken);
        if (refusal is not null)
            return refusal;
        if (TeamsPayloads.Read(body) is not { } activity)
            return Malformed;
        if (activity.ChannelId is not Channel)
            return new Refusal(403, "other channel", $"It comes from the channel '{activity.ChannelId}'; only {Channel} is served.");
        if (!key!.Endorsements.Contains(Channel))
            return new Refusal(403, "key not endorsed", $"The key {key.Key.KeyId} is not endorsed for {Channel}.");
        if (!token!.TryGetPayloadValue<string>("serviceurl", out var vouched) || activity.ServiceUrl is null || vouched.TrimEnd('/') != activity.ServiceUrl.TrimEnd('/'))
            return new Refusal(403, "wrong service URL", $"The token vouches for '{vouched}', the activity names '{activity.ServiceUrl}'.");
        return OfTenant(activity);
    }

    private static Refusal Malformed => new(400, "malformed", "The body is not an activity.");

    private async Task<(JsonWebToken? Token, ConnectorKey? Key, Refusal? Refusal)> CheckTokenAsync(string header, CancellationToken cancellationToken)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || !TryRead(header["Bearer ".Length..].Trim(), out var token))
            return (null, null, new(401, "unreadable token", "The Authorization header holds no JSON web token."));
        // Before any key is looked up: what nobody signed needs none.
        if (token.Alg is not (SecurityAlgorithms.RsaSha256 or SecurityAlgorithms.RsaSha384 or SecurityAlgorithms.RsaSha512))
            return (null, null, new(401, "bad algorithm", $"The token is signed by '{token.Alg}'; only RS256, RS384 and RS512 are taken."));
        if (await keys.FindAsync(token.Kid ?? "", cancellationToken) is not { } key)
            return (null, null, new(401, "unknown key", $"The platform has no key '{token.Kid}'."));
        var result = await s_handler.ValidateTokenAsync(token, new()
        {
            ValidIssuer = Issuer,
            ValidAudience = options.AppId,
            IssuerSigningKey = key.Key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = IsAlive,
        });
        return result.IsValid ? (token, key, null) : (null, null, new(401, Why(result.Exception), FirstLine(result.Exception)));
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + TeamsLimits.Skew && (notBefore is not { } start || now >= start - TeamsLimits.Skew);
    }

    private Proved WithoutToken(byte[] body)
    {
        if (TeamsPayloads.Read(body) is not { } activity)
            return Malformed;
        if (activity.ChannelId is not Channel || !Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var address) || !address.IsLoopback)
            return new Refusal(401, "no token", "Without a token only an activity of this computer, with a loopback service URL, is taken.");
        return OfTenant(activity);
    }

    /// <summary>The tenant is said in up to three places; they must agree, and it must be one that is served.</summary>
    private Proved OfTenant(Activity activity)
    {
        var said = new[] { activity.Conversation?.TenantId, activity.ChannelData?.Tenant?.Id, activity.From?.TenantId }
            .Where(t => !string.IsNullOrEmpty(t)).Select(t => t!.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (said is not [var tenant])
            return new Refusal(403, "wrong tenant", $"It names {(said.Count == 0 ? "no tenant" : string.Join(" and ", said))}.");
        if (!options.Tenants.Contains(tenant, StringComparer.Ordinal))
            return new Refusal(403, "wrong tenant", $"The tenant {tenant} is not among Channels:Teams:TenantId.");
        return Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var address) && options.MaySpeakTo(address)
            ? new TeamsEnvelope(activity, tenant, address)
            : new Refusal(403, "wrong service URL", $"'{activity.ServiceUrl}' is no https address.");
    }

    /// <summary>
    /// A tunnel or a proxy on this computer also connects from it, but for somebody else; it says so in the host or a header. So does a browser, which any page can
    /// make post here: it always names the page's origin, and the Playground's own server never has one.
    /// </summary>
    private static bool IsLocal(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && Uri.TryCreate($"http://{request.Host.Value}", UriKind.Absolute, out var host) && host.IsLoopback
        && !s_foreign.Any(request.Headers.ContainsKey);

    private static bool TryRead(string text, out JsonWebToken token)
    {
        token = null!;
        if (!s_handler.CanReadToken(text))
            return false;
        try
        {
            token = s_handler.ReadJsonWebToken(text);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return false;
        }
    }

    private static string Why(Exception? e) => e switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException => "expired",
        SecurityTokenInvalidAudienceException => "wrong audience",
        SecurityTokenInvalidIssuerException => "wrong issuer",
        _ => "bad signature",
    };

    private static string FirstLine(Exception? e) => e?.Message.Split('\n', 2)[0].Trim() ?? "";
}

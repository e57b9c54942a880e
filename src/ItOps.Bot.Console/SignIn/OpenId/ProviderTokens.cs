using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>Checks what the provider signed: issuer, audience, signature by one of its keys, and that it is alive on the injected clock.</summary>
internal sealed class ProviderTokens(OpenIdProvider provider, OpenIdOptions options, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Asymmetric ones alone: with a shared secret whoever reads the public key could sign.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>The token of a sign-in that was begun here with this nonce.</summary>
    /// <exception cref="ProviderUnavailableException">The keys cannot be read.</exception>
    public async Task<Result<JsonWebToken>> IdentityAsync(string text, string nonce, CancellationToken cancellationToken)
    {
        var checkedToken = await CheckAsync(text, options.ClientId, cancellationToken);
        if (checkedToken.Failed)
            return checkedToken;
        var token = checkedToken.Value;
        if (!token.TryGetPayloadValue<string>("nonce", out var said) || !string.Equals(said, nonce, StringComparison.Ordinal))
            return Refused("it belongs to another sign-in");
        return token.Audiences.Skip(1).Any() && (!token.TryGetPayloadValue<string>("azp", out var party) || party != options.ClientId)
            ? Refused("it was made for another application")
            : token;
    }

    /// <summary>A token for the API.</summary>
    /// <exception cref="ProviderUnavailableException">The keys cannot be read.</exception>
    public async Task<Result<JsonWebToken>> AccessAsync(string text, CancellationToken cancellationToken) =>
        options.ApiAudience is { } audience ? await CheckAsync(text, audience, cancellationToken) : Refused("Console:SignIn:ApiAudience is not set");

    private async Task<Result<JsonWebToken>> CheckAsync(string text, string audience, CancellationToken cancellationToken)
    {
        if (!Handler.CanReadToken(text))
            return Refused("it is no JSON web token");
        JsonWebToken token;
        try
        {
            token = Handler.ReadJsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return Refused("it is no JSON web token");
        }

        // Before any key is looked up: what nobody signed needs none.
        if (!Algorithms.Contains(token.Alg))
            return Refused($"it is signed by '{token.Alg}'");
        if (await provider.KeyAsync(token.Kid, cancellationToken) is not { } key)
            return Refused($"the provider has no key '{token.Kid}'");
        var result = await Handler.ValidateTokenAsync(token, new()
        {
            ValidIssuer = (await provider.ConfigurationAsync(cancellationToken)).Issuer,
            ValidAudience = audience,
            IssuerSigningKey = key,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
        });
        return result.IsValid ? token : Refused(result.Exception.GetType().Name);
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } start || now >= start - Skew);
    }

    private static Problem Refused(string why) => new(ProblemCode.UnknownPerson, $"The provider's token is not taken: {why}.");
}

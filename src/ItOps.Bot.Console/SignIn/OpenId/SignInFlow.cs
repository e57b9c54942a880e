using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ItOps.Bot.People;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>The authorization code flow with PKCE, from the address that a browser is sent to, to the person behind the token.</summary>
internal sealed class SignInFlow(HttpClient http, OpenIdProvider provider, ProviderTokens tokens, OpenIdOptions options, IPersonDirectory people)
{
    /// <exception cref="ProviderUnavailableException">The provider cannot be read.</exception>
    public async Task<string> AddressAsync(PendingSignIn pending, CancellationToken cancellationToken)
    {
        var endpoint = (await provider.ConfigurationAsync(cancellationToken)).AuthorizationEndpoint;
        var query = new QueryBuilder
        {
            { "response_type", "code" },
            { "client_id", options.ClientId },
            { "redirect_uri", options.Callback.AbsoluteUri },
            { "scope", options.Scopes },
            { "state", pending.State },
            { "nonce", pending.Nonce },
            { "code_challenge", pending.Challenge },
            { "code_challenge_method", "S256" },
        };
        return endpoint + (endpoint.Contains('?', StringComparison.Ordinal) ? "&" + query.ToString()[1..] : query.ToString());
    }

    /// <summary>Whose sign-in the code is.</summary>
    /// <param name="issuer">What the answer says of who sends it (RFC 9207); must be there when the provider announces it.</param>
    /// <exception cref="ProviderUnavailableException">The provider gives no usable answer.</exception>
    public async Task<Result<Person>> PersonAsync(PendingSignIn pending, string code, string? issuer, CancellationToken cancellationToken)
    {
        var configuration = await provider.ConfigurationAsync(cancellationToken);
        var announces = configuration.AdditionalData.TryGetValue("authorization_response_iss_parameter_supported", out var flag) && flag is true;
        if (issuer is null ? announces : issuer != configuration.Issuer)
            return new Problem(ProblemCode.UnknownPerson, $"The answer comes from the issuer '{issuer}'.");
        var redeemed = await RedeemAsync(configuration, pending, code, cancellationToken);
        if (redeemed.Failed)
            return redeemed.Problem;
        var token = await tokens.IdentityAsync(redeemed.Value, pending.Nonce, cancellationToken);
        return token.Failed ? token.Problem : await PersonOfAsync(token.Value, cancellationToken);
    }

    /// <summary>Who a token of the provider speaks of, as the directory knows them: exactly one person.</summary>
    public async Task<Result<Person>> PersonOfAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (!token.TryGetPayloadValue<string>(options.PersonClaim, out var claim) || string.IsNullOrWhiteSpace(claim))
            return new Problem(ProblemCode.UnknownPerson, $"The token has no claim '{options.PersonClaim}' (Console:SignIn:PersonClaim).");
        if (options.PersonIs == PersonClaimKind.Id)
            return await people.FindAsync(new(claim), cancellationToken) is { } person ? person : new Problem(ProblemCode.UnknownPerson, $"The directory has nobody with the id '{claim}'.");
        var named = (await people.FindByNameAsync(claim, cancellationToken)).DistinctBy(p => p.Id).ToList();
        return named is [var only]
            ? only
            : new Problem(named.Count == 0 ? ProblemCode.UnknownPerson : ProblemCode.AmbiguousPerson, $"{named.Count} people in the directory are called '{claim}'.");
    }

    private async Task<Result<string>> RedeemAsync(OpenIdConnectConfiguration configuration, PendingSignIn pending, string code, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = options.Callback.AbsoluteUri,
            ["code_verifier"] = pending.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, configuration.TokenEndpoint);
        var methods = configuration.TokenEndpointAuthMethodsSupported;
        if (methods.Count == 0 || methods.Contains("client_secret_basic"))
        {
            // RFC 6749, 2.3.1: both are form-encoded before they become the two halves.
            var pair = $"{Uri.EscapeDataString(options.ClientId)}:{Uri.EscapeDataString(options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form["client_id"] = options.ClientId;
            form["client_secret"] = options.ClientSecret;
        }

        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            if (response.IsSuccessStatusCode && answer.RootElement.TryGetProperty("id_token", out var token) && token.GetString() is { } text)
                return text;
            var error = answer.RootElement.TryGetProperty("error", out var why) ? why.ToString() : "no id_token";
            return error is "invalid_client" or "unauthorized_client"
                ? throw new ProviderUnavailableException($"{configuration.TokenEndpoint} does not take Console:SignIn:ClientId and ClientSecret: {error}.")
                : new Problem(ProblemCode.UnknownPerson, $"The code could not be redeemed: {(int)response.StatusCode} {error}.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderUnavailableException($"{configuration.TokenEndpoint} gave no usable answer: {e.Message}", e);
        }
    }
}

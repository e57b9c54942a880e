namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>The organisation's OpenID Connect provider, and how its people are those of the directory.</summary>
/// <param name="Authority">The issuer's address, under which <c>/.well-known/openid-configuration</c> lies.</param>
/// <param name="PersonClaim">The claim that names the person; an immutable one, such as Entra's <c>oid</c>.</param>
/// <param name="PublicUrl">Where browsers reach the bot; what the provider sends people back to begins with it.</param>
public sealed record OpenIdOptions(Uri Authority, string ClientId, string ClientSecret, string PersonClaim, Uri PublicUrl)
{
    public const string CallbackPath = "/sign-in/callback";

    /// <summary>The claim is the id in the directory of people, or a name that exactly one person has.</summary>
    public PersonClaimKind PersonIs { get; init; } = PersonClaimKind.Id;

    public string Scopes { get; init; } = "openid profile";

    /// <summary>The audience of tokens for <c>/api/v1</c>; none when it takes none.</summary>
    public string? ApiAudience { get; init; }

    public Uri Discovery => new(Authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration");

    public Uri Callback => new(PublicUrl, CallbackPath);

    /// <summary>Only over https; a provider on this very computer is for trying out.</summary>
    public bool MaySpeakTo(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && Authority.IsLoopback);
}

public enum PersonClaimKind { Id, Name }

using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Channels.Teams.Tokens;
using ItOps.Bot.Conversations;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Channels.Teams;

/// <summary>How the bot proves towards Teams who it is; exactly one kind.</summary>
internal abstract record TeamsCredential;

internal sealed record ClientSecret(Secret<string> Value) : TeamsCredential;

internal sealed record ClientCertificate(X509Certificate2 Certificate) : TeamsCredential;

/// <param name="ClientId">The user-assigned identity; none for the system's.</param>
internal sealed record ManagedIdentity(string? ClientId) : TeamsCredential;

/// <summary>The section <c>Channels:Teams</c>.</summary>
internal sealed record TeamsOptions
{
    public const string DefaultMetadata = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    public const string DefaultAuthority = "https://login.microsoftonline.com/";

    private static readonly string[] s_credentials = ["ClientSecret", "CertificatePath", "ManagedIdentity"];

    /// <summary>The app registration's client id; every inbound token is made out to it.</summary>
    public required string AppId { get; init; }

    /// <summary>Whose people are listened to, as lower-case GUIDs; the first is where the bot's own token comes from.</summary>
    public required IReadOnlyList<string> Tenants { get; init; }

    /// <summary>None only where <see cref="AllowUnauthenticatedLoopback"/> makes it needless.</summary>
    public TeamsCredential? Credential { get; init; }

    public required Uri OpenIdMetadata { get; init; }

    public required Uri TokenAuthority { get; init; }

    public required Uri PublicUrl { get; init; }

    public bool IsDevelopment { get; init; }

    /// <summary>
    /// For the Agents Playground, which sends no token: in Development, from this computer, without any Authorization header and with a loopback service URL, a request
    /// counts as what it says. There is no other way to do without the proof.
    /// </summary>
    public bool AllowUnauthenticatedLoopback { get; init; }

    /// <summary>There is nothing to prove anything with, and so nobody but this computer to speak to.</summary>
    public bool IsOnlyLocal => AllowUnauthenticatedLoopback && Credential is null;

    /// <summary>Where everybody who decides looks together; none unless one is set.</summary>
    public ConversationId? ApproversPlace { get; init; }

    /// <summary>How long an answer of the platform is waited for, by the computer's own clock.</summary>
    public TimeSpan SendTimeOut { get; init; } = TimeSpan.FromSeconds(15);

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static TeamsOptions From(ChannelSettings settings)
    {
        var loopback = settings.Flag("AllowUnauthenticatedLoopback", otherwise: false);
        if (loopback && !settings.IsDevelopment)
            throw settings.Wrong("AllowUnauthenticatedLoopback", "is true; it is for Development only. Remove it, so that every request has to prove where it comes from");
        var tenants = TenantsOf(settings);
        return new()
        {
            AppId = Guid(settings, "AppId", settings.Required("AppId", "it is the client id of the bot's app registration, without which no request can prove that it is meant for this bot")),
            Tenants = tenants,
            Credential = CredentialOf(settings, loopback),
            OpenIdMetadata = Endpoint(settings, "OpenIdMetadata", DefaultMetadata),
            TokenAuthority = Authority(settings),
            PublicUrl = settings.PublicUrl,
            IsDevelopment = settings.IsDevelopment,
            AllowUnauthenticatedLoopback = loopback,
            ApproversPlace = settings.Text("ApproverConversation") is { } place ? new(TeamsChannel.ChannelName, $"{tenants[0]}/{place}") : null,
        };
    }

    /// <summary>Where the platform may be spoken to: over TLS, or on this computer in Development.</summary>
    public bool MaySpeakTo(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (IsDevelopment && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static IReadOnlyList<string> TenantsOf(ChannelSettings settings)
    {
        settings.Required("TenantId", "only people of the tenants that are listed there, with commas between them, are listened to");
        return [.. settings.List("TenantId").Select(t => Guid(settings, "TenantId", t))];
    }

    private static string Guid(ChannelSettings settings, string key, string text) => System.Guid.TryParseExact(text, "D", out var guid)
        ? guid.ToString("D", CultureInfo.InvariantCulture)
        : throw settings.Wrong(key, $"is '{text}'; it must be a GUID such as 00000000-0000-0000-0000-000000000000");

    private static TeamsCredential? CredentialOf(ChannelSettings settings, bool mayBeAbsent)
    {
        var given = s_credentials.Where(key => settings.Text(key) is not null).ToList();
        switch (given)
        {
            case []:
                return mayBeAbsent
                    ? null
                    : throw new SettingException(settings.Wrong("ClientSecret", "is missing").Message + " The bot needs one of ClientSecret, CertificatePath and ManagedIdentity to send messages.");
            case ["ClientSecret"]:
                return new ClientSecret(new(settings.Text("ClientSecret")!));
            case ["CertificatePath"]:
                return new ClientCertificate(CertificateFile.Load(settings));
            case ["ManagedIdentity"] when settings.Text("ManagedIdentity") is { } id:
                return new ManagedIdentity(id.Equals("system", StringComparison.OrdinalIgnoreCase) ? null : Guid(settings, "ManagedIdentity", id));
            default:
                throw settings.Wrong(given[1], $"is set beside {given[0]}; only one of ClientSecret, CertificatePath and ManagedIdentity may be");
        }
    }

    private static Uri Authority(ChannelSettings settings)
    {
        var endpoint = Endpoint(settings, "TokenAuthority", DefaultAuthority);
        return endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new(endpoint.AbsoluteUri + "/");
    }

    private static Uri Endpoint(ChannelSettings settings, string key, string otherwise)
    {
        var text = settings.Text(key) ?? otherwise;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (settings.IsDevelopment && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw settings.Wrong(key, $"is '{text}'; it must be an absolute https address");
    }
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace ItOps.Bot.Channels.Teams.Tokens;

/// <summary>
/// The token by which the connector knows the bot, from Entra. Azure.Identity keeps it until shortly before it expires; one that the connector refuses is dropped, with
/// all that the credential remembers.
/// </summary>
internal sealed class BotToken(TeamsOptions options)
{
    private static readonly string[] s_scopes = ["https://api.botframework.com/.default"];

    private volatile TokenCredential? _credential = Create(options);

    /// <summary>Why no token can be had now; none when one was had, or nobody has tried yet.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="TokenUnavailableException">Entra gives none; the message says why and how to mend it.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_credential is not { } credential)
                throw new TokenUnavailableException("There is no credential: set one of Channels:Teams:ClientSecret, CertificatePath and ManagedIdentity.", null);
            var token = await credential.GetTokenAsync(new(s_scopes), cancellationToken);
            Problem = null;
            return token.Token;
        }
        catch (Exception e) when (e is AuthenticationFailedException or Azure.RequestFailedException)
        {
            Problem = $"Entra gives no token to send with ({FirstLine(e.Message)}). {Mend()}";
            throw new TokenUnavailableException(Problem, e);
        }
    }

    /// <summary>The connector did not take the token: the next one is fetched anew.</summary>
    public void Forget() => _credential = Create(options);

    private string Mend() => options.Credential switch
    {
        ClientSecret => "Check Channels:Teams:ClientSecret (has it expired?), AppId and the first tenant of TenantId.",
        ClientCertificate => "Check Channels:Teams:CertificatePath, CertificatePassword, and that the app registration knows the certificate.",
        _ => "Check Channels:Teams:ManagedIdentity, and that the identity is assigned to this machine.",
    };

    private static TokenCredential? Create(TeamsOptions options) => options.Credential switch
    {
        ClientSecret secret => new ClientSecretCredential(options.Tenants[0], options.AppId, secret.Value.Reveal(), For(options, new ClientSecretCredentialOptions())),
        ClientCertificate certificate => new ClientCertificateCredential(options.Tenants[0], options.AppId, certificate.Certificate, For(options, new ClientCertificateCredentialOptions())),
        ManagedIdentity { ClientId: { } id } => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)),
        ManagedIdentity => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
        _ => null,
    };

    private static T For<T>(TeamsOptions options, T settings)
        where T : TokenCredentialOptions
    {
        var isPlain = options.IsDevelopment && options.TokenAuthority is { Scheme: "http", IsLoopback: true };
        // Azure.Identity takes no authority without TLS; a stand-in on this computer has none.
        settings.AuthorityHost = isPlain ? new UriBuilder(options.TokenAuthority) { Scheme = Uri.UriSchemeHttps }.Uri : options.TokenAuthority;
        if (isPlain)
        {
            settings.Transport = new HttpClientTransport(new HttpClient(new PlainLoopback()));
            settings.Retry.MaxRetries = 0;
            if (settings is ClientSecretCredentialOptions secret)
                secret.DisableInstanceDiscovery = true;
            if (settings is ClientCertificateCredentialOptions certificate)
                certificate.DisableInstanceDiscovery = true;
        }

        return settings;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}

/// <summary>Entra gives no token.</summary>
internal sealed class TokenUnavailableException(string message, Exception? inner) : OperatorException(message, inner);

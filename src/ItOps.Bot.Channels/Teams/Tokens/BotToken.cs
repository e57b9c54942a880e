using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace ItOps.Bot.Channels.Teams.Tokens;

/// <summary>
/// The token by which the connector knows the bot, from Entra. Azure.Identity keeps it until shortly before it expires; one that the connector refuses is dropped, with
/// all that the credential remembers.
/// </summary>
internal sealed class BotToken(TeamsOptions options) : IDisposable
{
    private static readonly string[] s_scopes = ["https://api.botframework.com/.default"];

    // Those who come while the first one fetches it find it.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TokenCredential? _credential = Create(options);
    private string? _last;

    /// <summary>Why no token can be had now; none when one was had, or nobody has tried yet.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="TokenUnavailableException">Entra gives none; the message says why and how to mend it.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_credential is not { } credential)
                throw Unavailable("there is no credential", null);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.SendTimeOut);
            _last = (await credential.GetTokenAsync(new(s_scopes), patience.Token)).Token;
            Problem = null;
            return _last;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"{options.TokenAuthority} does not answer", e);
        }
        catch (Exception e) when (e is AuthenticationFailedException or Azure.RequestFailedException)
        {
            throw Unavailable(Unreached(e) is { } cause ? $"{options.TokenAuthority} was not reached ({cause.Message})" : FirstLine(e.Message), e);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The connector did not take this token: the next one is fetched anew, unless that has happened.</summary>
    public async Task ForgetAsync(string refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        if (_last == refused)
            _credential = Create(options);
        _gate.Release();
    }

    public void Dispose() => _gate.Dispose();

    private TokenUnavailableException Unavailable(string why, Exception? inner)
    {
        Problem = $"Entra gives no token to send with: {why}. {Mend()}";
        return new(Problem, inner);
    }

    private string Mend() => options.Credential switch
    {
        ClientSecret => "Check Channels:Teams:ClientSecret (has it expired?), AppId and the first tenant of TenantId.",
        ClientCertificate => "Check Channels:Teams:CertificatePath, CertificatePassword, and that the app registration knows the certificate.",
        null => "Set one of Channels:Teams:ClientSecret, CertificatePath and ManagedIdentity.",
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

    /// <summary>What kept every try from arriving; none when Entra did answer.</summary>
    private static HttpRequestException? Unreached(Exception? e) => e switch
    {
        null => null,
        HttpRequestException lost => lost,
        AggregateException several => several.InnerExceptions.Select(Unreached).FirstOrDefault(found => found is not null),
        _ => Unreached(e.InnerException),
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim().TrimEnd('.');
}

/// <summary>Entra gives no token.</summary>
internal sealed class TokenUnavailableException(string message, Exception? inner) : OperatorException(message, inner);

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using ItOps.Bot.Executors.Http;

namespace ItOps.Bot.Executors.Entra.Tokens;

/// <summary>
/// The token by which Graph knows the bot. Azure.Identity keeps it until shortly before it expires; one that Graph refuses is dropped, with all that the credential
/// remembers.
/// </summary>
internal sealed class EntraToken(EntraOptions options) : IDisposable
{
    // Those who come while the first one fetches it find it.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TokenCredential _credential = Create(options);
    private string? _last;

    /// <summary>Why no token can be had now; none when one was had, or nobody has tried yet.</summary>
    public string? Problem { get; private set; }

    /// <exception cref="NotSentException">Entra gives none; the message says why and how to mend it.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.TimeOut);
            _last = (await _credential.GetTokenAsync(new([options.Scope]), patience.Token)).Token;
            Problem = null;
            return _last;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"{options.TokenAuthority} does not answer", e);
        }
        catch (Exception e) when (e is AuthenticationFailedException or Azure.RequestFailedException)
        {
            throw Unavailable(Unreached(e) is { } cause ? $"{options.TokenAuthority} was not reached ({cause.Message})" : Reason(e), e);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Graph did not take this token: the next one is fetched anew, unless that has happened.</summary>
    public async Task ForgetAsync(string refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        if (_last == refused)
            _credential = Create(options);
        _gate.Release();
    }

    public void Dispose() => _gate.Dispose();

    private NotSentException Unavailable(string why, Exception? inner)
    {
        Problem = $"Entra gives no token for Graph: {why}. {Mend()}";
        return new(Problem, inner);
    }

    /// <summary>Entra's own sentence, which begins with its code, out of what is wrapped around it.</summary>
    private static string Reason(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner.Message.IndexOf("AADSTS", StringComparison.Ordinal) is >= 0 and var own)
                return FirstLine(inner.Message[own..]);
        }

        return FirstLine(e.Message);
    }

    private static string FirstLine(string text) => SaidText.Of(text.Split('\n', 2)[0]).TrimEnd('.');

    private string Mend() => options.Credential switch
    {
        ClientSecret => "Check Executors:Entra:ClientSecret (has it expired?), AppId and TenantId.",
        ClientCertificate => "Check Executors:Entra:CertificatePath, CertificatePassword, and that the app registration knows the certificate.",
        _ => "Check Executors:Entra:ManagedIdentity, and that the identity is assigned to this machine.",
    };

    private static TokenCredential Create(EntraOptions options) => options.Credential switch
    {
        ClientSecret secret => new ClientSecretCredential(options.Tenant, secret.App, secret.Value.Reveal(), For(options, new ClientSecretCredentialOptions())),
        ClientCertificate certificate => new ClientCertificateCredential(options.Tenant, certificate.App, certificate.Certificate, For(options, new ClientCertificateCredentialOptions())),
        ManagedIdentity { ClientId: { } id } => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id)),
        _ => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
    };

    private static T For<T>(EntraOptions options, T settings)
        where T : TokenCredentialOptions
    {
        var isPlain = options.TokenAuthority is { Scheme: "http", IsLoopback: true };
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
}

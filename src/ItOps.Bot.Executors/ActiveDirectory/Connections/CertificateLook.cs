using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>Says what is wrong with a server's certificate, which libldap does not. It decides nothing: whether a connection is opened is up to libldap.</summary>
internal static class CertificateLook
{
    /// <summary>None when nothing is found to be wrong, or nothing can be seen.</summary>
    public static async Task<string?> ProblemAsync(ActiveDirectoryOptions options, DomainController server, CancellationToken cancellationToken)
    {
        if (options.Encryption != LdapEncryption.Ldaps)
            return null;
        string? problem = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.TimeOut);
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Host, server.Port, limit.Token);
            await using var tls = new SslStream(socket.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = server.Host, CertificateChainPolicy = Policy(options), RemoteCertificateValidationCallback = Look }, limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return problem;
        }

        return problem;

        bool Look(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            problem = (certificate, errors) switch
            {
                (null, _) => "the server shows no certificate",
                (_, var e) when e.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => $"its certificate ({certificate.Subject}) is not issued for the name {server.Host}; write the name that it is issued for into Executors:ActiveDirectory:Servers",
                (_, SslPolicyErrors.RemoteCertificateChainErrors) => $"its certificate ({certificate.Subject}, issued by {certificate.Issuer}) does not hold: {string.Join(", ", chain!.ChainStatus.Select(s => s.Status))}; put the certificate of the authority that issued it into Executors:ActiveDirectory:CaFile",
                _ => null,
            };
            return problem is null;
        }
    }

    private static X509ChainPolicy Policy(ActiveDirectoryOptions options)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (options.CaFile is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(options.CaFile);
        }

        return policy;
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Replies;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ItOps.Bot.Channels.Mail;

/// <summary>Hands mail to the server, one connection each. The server's certificate is always checked; plain connections exist to this machine alone.</summary>
internal sealed class MailClient(MailOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="DeliveryException">It was not sent, or nobody can tell.</exception>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = await ConnectAsync(either.Token, cancellationToken);
        try
        {
            await client.SendAsync(message, either.Token);
        }
        catch (SmtpCommandException e)
        {
            throw Answered(e);
        }
        catch (Exception e) when (e is IOException or SocketException or SmtpProtocolException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(DeliveryFailure.Unknown, $"{Server} gave no answer to a message: {e.Message}", inner: e);
        }

        await LeaveAsync(client, either.Token);
    }

    /// <summary>Connects and signs in, and sends nothing.</summary>
    /// <exception cref="DeliveryException">Neither would a message be taken now.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = await ConnectAsync(either.Token, cancellationToken);
        await LeaveAsync(client, either.Token);
    }

    private string Server => $"The mail server {options.Host}:{options.Port}";

    private async Task<SmtpClient> ConnectAsync(CancellationToken either, CancellationToken caller)
    {
        var client = new SmtpClient
        {
            Timeout = (int)Patience.TotalMilliseconds,
            // As for every other connection of the bot: many servers' lists of revoked certificates cannot be reached from where it runs.
            CheckCertificateRevocation = false,
        };
        if (options.Authorities.Count > 0)
            client.ServerCertificateValidationCallback = IsOfOurAuthority;
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Security(options.Security), either);
            if (options.SignIn is var (user, password))
                await client.AuthenticateAsync(user, password.Reveal(), either);
            return client;
        }
        catch (Exception e) when (!caller.IsCancellationRequested)
        {
            client.Dispose();
            throw e switch
            {
                SslHandshakeException => new DeliveryException(
                    DeliveryFailure.NotSent, $"{Server} showed a certificate that is not trusted here or not its own; set Channels:Mail:CaFile to the certificate of your authority, and Host to the name in the certificate.", inner: e),
                AuthenticationException => new DeliveryException(DeliveryFailure.NotSent, $"{Server} refused the sign-in; check Channels:Mail:User and Password.", inner: e),
                SmtpCommandException command => Answered(command),
                NotSupportedException => new DeliveryException(DeliveryFailure.NotSent, $"{Server} does not offer what is set: {e.Message}", inner: e),
                _ => new DeliveryException(DeliveryFailure.NotSent, $"{Server} was not reached: {e.Message}", inner: e),
            };
        }
    }

    /// <summary>The message is taken already; how the conversation with the server ends changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
        }
    }

    /// <summary>RFC 5321, 4.2.1: 4yz may be tried again, 5yz will never be taken.</summary>
    private DeliveryException Answered(SmtpCommandException e) => new(
        (int)e.StatusCode is >= 400 and < 500 ? DeliveryFailure.Busy : DeliveryFailure.Refused, $"{Server} answered {(int)e.StatusCode}: {e.Message}", inner: e);

    private bool IsOfOurAuthority(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1"));
        foreach (var between in presented?.ChainElements.Select(e => e.Certificate) ?? [])
            chain.ChainPolicy.ExtraStore.Add(between);
        return chain.Build(server);
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}

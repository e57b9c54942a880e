using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ItOps.Bot.Testing.Mail;

/// <summary>One mail as it came over the wire: the envelope, and every byte of the message with the doubled dots taken out.</summary>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Text, string? SignedInAs, bool IsEncrypted);

/// <summary>
/// A strict mail server at the socket (RFC 5321, STARTTLS of RFC 3207, AUTH PLAIN and LOGIN): it takes nothing in plain when it has a certificate, breaks off on a bare line feed and
/// on lines longer than 998 characters, and counts what is wrong with what it is sent.
/// </summary>
public sealed class FakeSmtp : IAsyncDisposable
{
    private const int LongestLine = 998;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _sessions = [];
    private readonly List<ReceivedMail> _mails = [];
    private readonly Lock _gate = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _listening;

    private FakeSmtp(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listening = ListenAsync();
    }

    public int Port { get; }

    /// <summary>What the next commands of this name are answered with instead of being done, such as ("RCPT", "550 no such mailbox"); "" breaks the line off.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Set when only this sign-in may send.</summary>
    public (string User, string Password)? SignIn { get; init; }

    /// <summary>What clients did that a mail server must not take.</summary>
    public List<string> Violations { get; } = [];

    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (_gate)
                return [.. _mails];
        }
    }

    /// <summary>Takes mail in plain: for what runs on one machine.</summary>
    public static FakeSmtp Plain() => new(certificate: null);

    /// <summary>Insists on STARTTLS with this certificate, whose private key it has.</summary>
    public static FakeSmtp WithTls(X509Certificate2 certificate, (string User, string Password)? signIn = null) => new(certificate) { SignIn = signIn };

    /// <summary>A certificate for the name, and the file with the authority that signed it.</summary>
    public static (X509Certificate2 Certificate, string AuthorityFile) CertificateFor(string name)
    {
        var (from, until) = (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=practice authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));
        using var withKey = signed.CopyWithPrivateKey(key);
        var file = Path.Combine(Directory.CreateTempSubdirectory("itops-mail-").FullName, "authority.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return (X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null), file);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_sessions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _certificate?.Dispose();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            _sessions.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new Session(this, client.GetStream()).RunAsync(_stopping.Token);
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
            {
                // The other side left, or did not like the certificate; both are its right.
            }
        }
    }

    private sealed class Session(FakeSmtp server, Stream stream)
    {
        private Stream _stream = stream;
        private bool _encrypted;
        private string? _user;
        private string _from = "";
        private List<string> _to = [];

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            await SayAsync("220 fake.test ESMTP", cancellationToken);
            while (await LineAsync(cancellationToken) is { } line)
            {
                var command = line.Split(' ', 2)[0].ToUpperInvariant();
                if (server.Answers.Remove(command, out var answer))
                {
                    if (answer.Length == 0)
                        return;
                    await SayAsync(answer, cancellationToken);
                    continue;
                }

                if (!await DoAsync(command, line, cancellationToken))
                    return;
            }
        }

        private async Task<bool> DoAsync(string command, string line, CancellationToken cancellationToken)
        {
            switch (command)
            {
                case "EHLO":
                    await SayAsync(string.Join("\r\n", Capabilities()), cancellationToken);
                    return true;
                case "STARTTLS" when server._certificate is { } certificate && !_encrypted:
                    await SayAsync("220 go ahead", cancellationToken);
                    var secured = new SslStream(_stream);
                    await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
                    (_stream, _encrypted) = (secured, true);
                    return true;
                case "AUTH":
                    await SignInAsync(line, cancellationToken);
                    return true;
                case "MAIL" when server._certificate is not null && !_encrypted:
                    server.Violations.Add("mail before STARTTLS");
                    await SayAsync("530 Must issue a STARTTLS command first", cancellationToken);
                    return true;
                case "MAIL" when server.SignIn is not null && _user is null:
                    await SayAsync("530 Authentication required", cancellationToken);
                    return true;
                case "MAIL":
                    (_from, _to) = (Between(line), []);
                    await SayAsync("250 ok", cancellationToken);
                    return true;
                case "RCPT":
                    _to.Add(Between(line));
                    await SayAsync("250 ok", cancellationToken);
                    return true;
                case "DATA":
                    await SayAsync("354 go ahead", cancellationToken);
                    return await MessageAsync(cancellationToken);
                case "RSET" or "NOOP":
                    await SayAsync("250 ok", cancellationToken);
                    return true;
                case "QUIT":
                    await SayAsync("221 bye", cancellationToken);
                    return false;
                default:
                    await SayAsync("502 not here", cancellationToken);
                    return true;
            }
        }

        private IEnumerable<string> Capabilities()
        {
            yield return "250-fake.test";
            if (server._certificate is not null && !_encrypted)
                yield return "250-STARTTLS";
            if (server.SignIn is not null && (_encrypted || server._certificate is null))
                yield return "250-AUTH PLAIN";
            yield return "250 SIZE 1000000";
        }

        private async Task SignInAsync(string line, CancellationToken cancellationToken)
        {
            if (server._certificate is not null && !_encrypted)
                server.Violations.Add("a password in plain");
            var parts = line.Split(' ') is [_, "PLAIN", var initial] ? Encoding.UTF8.GetString(Convert.FromBase64String(initial)).Split('\0') : [];
            var right = server.SignIn is var (user, password) && parts is [_, var given, var secret] && given == user && secret == password;
            _user = right ? parts[1] : null;
            await SayAsync(right ? "235 welcome" : "535 no", cancellationToken);
        }

        private async Task<bool> MessageAsync(CancellationToken cancellationToken)
        {
            var text = new StringBuilder();
            while (await LineAsync(cancellationToken) is { } line)
            {
                if (line == ".")
                {
                    if (server.Answers.Remove(".", out var answer))
                    {
                        if (answer.Length > 0)
                            await SayAsync(answer, cancellationToken);
                        return answer.Length > 0;
                    }

                    lock (server._gate)
                        server._mails.Add(new(_from, _to, text.ToString(), _user, _encrypted));
                    await SayAsync("250 taken", cancellationToken);
                    return true;
                }

                text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return false;
        }

        private async Task SayAsync(string line, CancellationToken cancellationToken) =>
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);

        /// <summary>A line ends in CR LF; none when the other side left.</summary>
        private async Task<string?> LineAsync(CancellationToken cancellationToken)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, cancellationToken) == 1)
            {
                if (one[0] == '\n')
                {
                    if (line is not [.., (byte)'\r'])
                        server.Violations.Add("a bare line feed");
                    else
                        line.RemoveAt(line.Count - 1);
                    if (line.Count > LongestLine)
                        server.Violations.Add($"a line of {line.Count} characters");
                    return Encoding.UTF8.GetString([.. line]);
                }

                line.Add(one[0]);
            }

            return null;
        }

        private static string Between(string line) => line.IndexOf('<') is var from and >= 0 && line.IndexOf('>', from) is var to and > 0 ? line[(from + 1)..to] : "";
    }
}

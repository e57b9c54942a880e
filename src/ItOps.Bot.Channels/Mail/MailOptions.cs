using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Secrets;
using MimeKit;

namespace ItOps.Bot.Channels.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum MailSecurity { StartTls, Tls, None }

/// <summary>The settings under <c>Channels:Mail</c>; each mistake names its key.</summary>
internal sealed record MailOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required MailSecurity Security { get; init; }

    public required MailboxAddress From { get; init; }

    /// <summary>None when the server takes mail from this machine without a sign-in.</summary>
    public (string User, Secret<string> Password)? SignIn { get; init; }

    /// <summary>Authorities that are trusted instead of the system's.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    public required Uri PublicUrl { get; init; }

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static MailOptions Of(ChannelSettings settings)
    {
        var host = settings.Required("Host", "it is the name of your mail server, such as smtp.example.com.");
        var security = settings.Text("Security")?.ToLowerInvariant() switch
        {
            null or "starttls" => MailSecurity.StartTls,
            "tls" => MailSecurity.Tls,
            "none" when IsThisMachine(host) => MailSecurity.None,
            "none" => throw settings.Wrong("Security", "is 'none', which is for a server on this machine alone; use starttls or tls"),
            var other => throw settings.Wrong("Security", $"is '{other}'; it must be starttls (usually port 587) or tls (usually port 465)"),
        };
        var from = settings.Required("From", "it is the address that people see as the sender, such as IT <it-bot@example.com>.");
        return new()
        {
            Host = host,
            Port = PortOf(settings, security),
            Security = security,
            From = MailboxAddress.TryParse(from, out var sender) && MailLimits.IsPlain(sender.Address) ? sender : throw settings.Wrong("From", $"is '{from}', which is no mail address"),
            SignIn = SignInOf(settings),
            Authorities = settings.Text("CaFile") is { } file ? Read(settings, file) : [],
            PublicUrl = settings.PublicUrl,
        };
    }

    private static (string, Secret<string>)? SignInOf(ChannelSettings settings) => (settings.Text("User"), settings.Text("Password")) switch
    {
        (null, null) => null,
        ({ } user, { } password) => (user, new(password)),
        (null, _) => throw settings.Wrong("User", "is missing, and Password is set; set both, or none for a server that needs no sign-in"),
        _ => throw settings.Wrong("Password", "is missing, and User is set; set both, or none for a server that needs no sign-in"),
    };

    private static int PortOf(ChannelSettings settings, MailSecurity security) => settings.Text("Port") switch
    {
        null => security == MailSecurity.Tls ? 465 : 587,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535 => port,
        var text => throw settings.Wrong("Port", $"is '{text}'; it must be a number from 1 to 65535"),
    };

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static X509Certificate2Collection Read(ChannelSettings settings, string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0 ? found : throw settings.Wrong("CaFile", $"is '{file}', which holds no certificate in PEM form");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw settings.Wrong("CaFile", $"is '{file}', which cannot be read: {e.Message.TrimEnd('.')}");
        }
    }
}

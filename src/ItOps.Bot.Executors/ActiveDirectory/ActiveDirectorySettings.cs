using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ActiveDirectory;

/// <summary>Reads <see cref="ActiveDirectoryOptions"/>; whatever would let the bot start with less than it should have names its key.</summary>
internal static class ActiveDirectorySettings
{
    private const int LdapsPort = 636;
    private const int StartTlsPort = 389;

    public static ActiveDirectoryOptions Read(ExecutorSettings settings)
    {
        var encryption = Encryption(settings);
        var baseDn = Dn(settings, "BaseDn", settings.Needed("BaseDn"));
        return new()
        {
            Encryption = encryption,
            Servers = Servers(settings, encryption),
            CaFile = CaFile(settings),
            ServiceAccount = settings.Needed("ServiceAccount"),
            Password = new(settings.Section["Password"] is { Length: > 0 } password ? password : throw settings.Wrong("Password", "is missing: without one a domain controller takes the bot for nobody in particular")),
            BaseDn = baseDn,
            TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 10, atLeast: 1, atMost: 60)),
            Connections = settings.Whole("Connections", otherwise: 4, atLeast: 1, atMost: 32),
            PasswordHistory = settings.Flag("PasswordHistory", otherwise: false),
            PrivilegedGroups = Objects(settings, "PrivilegedGroups"),
            BreakGlassAccounts = Objects(settings, "BreakGlassAccounts"),
            ServiceAccountContainers = [.. settings.Several("ServiceAccountContainers").Select((dn, i) => Place(settings, $"ServiceAccountContainers:{i}", dn))],
            Resources = [.. settings.Section.GetSection("Resources").GetChildren().Select(r => Resource(settings, r.Key))],
            PeopleBaseDn = Dn(settings, "PeopleBaseDn", settings.Optional("PeopleBaseDn") ?? baseDn),
            PolicyGroupsBaseDn = PolicyGroups(settings),
            TestAccount = settings.Optional("TestAccount"),
        };
    }

    private static LdapEncryption Encryption(ExecutorSettings settings) => settings.Optional("Encryption") switch
    {
        null => LdapEncryption.Ldaps,
        var text when Enum.TryParse<LdapEncryption>(text, ignoreCase: true, out var encryption) && Enum.IsDefined(encryption) && !char.IsAsciiDigit(text[0]) => encryption,
        _ => throw settings.Wrong("Encryption", "must be Ldaps or StartTls: plain LDAP would carry passwords for everybody to read, so there is no setting for it"),
    };

    private static List<DomainController> Servers(ExecutorSettings settings, LdapEncryption encryption)
    {
        var servers = settings.Several("Servers").Select((text, i) => Server(settings, $"Servers:{i}", text.Trim(), encryption)).ToList();
        return servers.Count > 0 ? servers : throw settings.Wrong("Servers:0", "is missing: the name of a domain controller, as in its certificate");
    }

    private static DomainController Server(ExecutorSettings settings, string key, string text, LdapEncryption encryption)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            throw settings.Wrong(key, $"is '{text}'; write the name alone, such as dc1.corp.example, and choose between LDAPS and StartTLS by Encryption");
        var parts = text.Split(':');
        var port = encryption == LdapEncryption.Ldaps ? LdapsPort : StartTlsPort;
        var isName = Uri.CheckHostName(parts[0]) is UriHostNameType.Dns or UriHostNameType.IPv4;
        return isName && (parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue))
            ? new(parts[0], port)
            : throw settings.Wrong(key, $"is '{text}'; it must be a name such as dc1.corp.example, with a port where it is not the usual one");
    }

    private static string? CaFile(ExecutorSettings settings)
    {
        if (settings.Optional("CaFile") is not { } path)
            return null;
        if (OperatingSystem.IsWindows())
            throw settings.Wrong("CaFile", "is not for Windows; import the authority's certificate into the machine's store of trusted roots");
        return File.Exists(path) ? Path.GetFullPath(path) : throw settings.Wrong("CaFile", $"is '{path}', where there is no file");
    }

    /// <summary>Names, or ids in whatever way they are written.</summary>
    private static List<string> Objects(ExecutorSettings settings, string key) =>
        [.. settings.Several(key).Select(text => Guid.TryParse(text, out var id) ? id.ToString("D") : text.Trim())];

    private static string? PolicyGroups(ExecutorSettings settings) => settings.Optional("PolicyGroupsBaseDn") is { } text
        ? Dn(settings, "PolicyGroupsBaseDn", text)
        : settings.IsPeopleSource
            ? throw settings.Wrong("PolicyGroupsBaseDn", "is missing: the container of the groups that policies name, into which the service account must not be able to put anybody")
            : null;

    private static (string, GroupResource) Resource(ExecutorSettings settings, string index)
    {
        var at = $"Resources:{index}:";
        return (settings.Needed(at + "Group"), new GroupResource(
            settings.Needed(at + "Type"), settings.Needed(at + "Name"), settings.Needed(at + "Permission"), settings.Several(at + "Aliases")));
    }

    private static string Dn(ExecutorSettings settings, string key, string text)
    {
        _ = Place(settings, key, text);
        return text;
    }

    private static DistinguishedName Place(ExecutorSettings settings, string key, string text) =>
        DistinguishedName.Parse(text) ?? throw settings.Wrong(key, $"is '{text}'; it must be a distinguished name such as OU=Staff,DC=corp,DC=example");
}

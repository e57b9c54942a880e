using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Testing.ActiveDirectory;

/// <summary>
/// A real Active Directory domain: a Samba domain controller of its own, provisioned in a folder of its own, on a loopback address of its own, so that the fixed
/// ports of LDAP collide with nobody's. It ends with the process that started it, whatever becomes of that one, since its standard input ends then.
/// </summary>
public sealed partial class SambaDomain : IAsyncDisposable
{
    public const string AdminPassword = "Practice-makes-1-admin!";
    public const string BotPassword = "Practice-makes-1-bot!";
    public const string PeoplePassword = "Practice-makes-1-start!";
    public const string Domain = "DC=lab,DC=example";
    public const string Staff = "OU=Staff," + Domain;
    public const string Groups = "OU=Groups," + Domain;
    public const string Policies = "OU=Policies," + Domain;

    /// <summary>Wrong passwords that lock an account.</summary>
    public const int LockoutThreshold = 4;

    private static readonly string[] s_programs = ["/usr/sbin/samba", "/usr/bin/samba-tool", "/usr/bin/ldbsearch", "/usr/bin/ldbmodify", "/usr/bin/ldapsearch"];

    private static readonly Dictionary<string, string> s_attributeIds = new() { ["unicodePwd"] = "0x9005A", ["lockoutTime"] = "0x90296", ["userAccountControl"] = "0x90008" };

    private readonly string _folder = Directory.CreateTempSubdirectory("itops-samba-").FullName;
    private readonly ConcurrentDictionary<string, string> _ids = new();
    private Process? _samba;

    private SambaDomain()
    {
        var random = RandomNumberGenerator.GetBytes(2);
        Address = new IPAddress([127, 77, random[0], (byte)(random[1] | 1)]);
        CaFile = LabCertificates.Issue(_folder, "lab", "dc1.lab.example", Address, IPAddress.Loopback);
        OtherCaFile = LabCertificates.Issue(_folder, "stranger", "dc1.lab.example", Address, IPAddress.Loopback);
    }

    /// <summary>What the tests lack to have a domain; none when they can.</summary>
    public static string? Lacks => !OperatingSystem.IsLinux() ? "Samba's domain controller runs on Linux"
        : !s_programs.All(File.Exists) ? "Samba's domain controller is not installed (apt: samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind ldap-utils ldb-tools python3-setproctitle)"
        : Environment.UserName != "root" ? "a domain controller needs to be root"
        : null;

    public IPAddress Address { get; }

    public string CaFile { get; }

    /// <summary>An authority that has nothing to do with this domain.</summary>
    public string OtherCaFile { get; }

    private string Config => Path.Combine(_folder, "dc", "etc", "smb.conf");

    private string Database => Path.Combine(_folder, "dc", "private", "sam.ldb");

    public static async Task<SambaDomain> StartAsync()
    {
        var domain = new SambaDomain();
        try
        {
            await domain.ProvisionAsync();
            await domain.PopulateAsync();
            await domain.ServeAsync();
            return domain;
        }
        catch
        {
            await domain.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings below <c>Executors:ActiveDirectory</c> with which the bot connects.</summary>
    public Dictionary<string, string> Settings() => new()
    {
        ["Enabled"] = "true",
        ["Servers:0"] = Address.ToString(),
        ["CaFile"] = CaFile,
        ["ServiceAccount"] = "itops-bot@lab.example",
        ["Password"] = BotPassword,
        ["BaseDn"] = Domain,
        ["TimeOutSeconds"] = "60",
        ["PeopleBaseDn"] = Staff,
        ["PolicyGroupsBaseDn"] = Policies,
        ["ServiceAccountContainers:0"] = "OU=Robots," + Staff,
        ["BreakGlassAccounts:0"] = "firecall",
        ["PrivilegedGroups:0"] = "Tier0",
        ["TestAccount"] = "bob",
        ["Resources:0:Group"] = "Finance-Write",
        ["Resources:0:Type"] = "shared-drive",
        ["Resources:0:Name"] = "Finance",
        ["Resources:0:Permission"] = "write",
        ["Resources:0:Aliases:0"] = "G:",
    };

    /// <summary>Runs samba-tool on the domain's own database.</summary>
    public Task<string> ToolAsync(params string[] arguments) => RunAsync("samba-tool", [.. arguments, "-H", Database, "-s", Config]);

    /// <summary>Applies LDIF with all rights.</summary>
    public async Task ChangeAsync(string ldif)
    {
        var file = Path.Combine(_folder, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.ldif");
        await File.WriteAllTextAsync(file, ldif);
        await RunAsync("ldbmodify", "-H", Database, $"--configfile={Config}", file);
    }

    /// <summary>The attributes of one object with all rights, as LDIF lines.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string account, params string[] attributes) =>
        [.. (await RunAsync("ldbsearch", ["-H", Database, $"--configfile={Config}", $"(sAMAccountName={account})", .. attributes])).Split('\n').Where(l => l.Length > 0 && l[0] != '#')];

    public async Task<string> GuidAsync(string account) => _ids.TryGetValue(account, out var known)
        ? known
        : _ids[account] = (await ReadAsync(account, "objectGUID")).Single(l => l.StartsWith("objectGUID: ", StringComparison.Ordinal))["objectGUID: ".Length..];

    /// <summary>How often the attribute was written, by the domain's own replication metadata.</summary>
    public async Task<int> VersionAsync(string account, string attribute)
    {
        var lines = (await RunAsync("ldbsearch", ["-H", Database, $"--configfile={Config}", "--show-binary", $"(sAMAccountName={account})", "replPropertyMetaData"])).Split('\n');
        var at = Array.FindIndex(lines, l => l.Contains($"({s_attributeIds[attribute]})", StringComparison.Ordinal));
        return at < 0 ? 0 : NumberIn(lines[at + 1]);
    }

    /// <summary>How often the account was put into the group or taken out of it.</summary>
    public async Task<int> MembershipVersionAsync(string group, string account)
    {
        var text = await RunAsync("ldbsearch", ["-H", Database, $"--configfile={Config}", "--reveal", "--extended-dn", $"(sAMAccountName={group})", "member"]);
        var id = await GuidAsync(account);
        var value = text.Replace("\n ", "", StringComparison.Ordinal).Split('\n').FirstOrDefault(l => l.Contains($"<GUID={id}>", StringComparison.Ordinal));
        return value is null ? 0 : int.Parse(VersionPart().Match(value).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    public async Task<bool> IsMemberAsync(string group, string account) =>
        (await ReadAsync(group, "member")).Any(l => l.StartsWith("member: ", StringComparison.Ordinal) && l.Contains($"CN={account},", StringComparison.OrdinalIgnoreCase));

    /// <summary>A real sign-in by another client than the bot's. Empty when it is let in, otherwise the number after "data".</summary>
    public async Task<string> SignInAsync(string account, string password)
    {
        var start = new ProcessStartInfo("ldapsearch", ["-x", "-LLL", "-H", $"ldaps://{Address}", "-D", $"{account}@lab.example", "-w", password, "-s", "base", "-b", "", "dnsHostName"]);
        start.Environment["LDAPTLS_CACERT"] = CaFile;
        var (code, output) = await EndAsync(start);
        return code == 0 ? "" : DataPart().Match(output) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException(output);
    }

    /// <summary>Wrong passwords until the domain locks the account.</summary>
    public async Task LockAsync(string account)
    {
        for (var i = 0; i < LockoutThreshold; i++)
            await SignInAsync(account, "not-the-password");
    }

    public Task SetPasswordAsync(string account, string password) => ChangeAsync($"dn: {PlaceOf(account)}\nchangetype: modify\nreplace: unicodePwd\n{UnicodePassword(password)}\n");

    /// <summary>Ends the domain controller, as if it had lost power.</summary>
    public async Task StopAsync()
    {
        if (_samba is not { } samba)
            return;
        _samba = null;
        if (!samba.HasExited)
            samba.Kill(entireProcessTree: true);
        await samba.WaitForExitAsync();
        samba.Dispose();
    }

    /// <summary>Starts it again on the same address.</summary>
    public async Task ServeAsync()
    {
        var start = new ProcessStartInfo("/usr/sbin/samba", ["--foreground", "--no-process-group", "--model=single", "-s", Config])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _samba = Process.Start(start)!;
        _ = _samba.StandardOutput.ReadToEndAsync();
        _ = _samba.StandardError.ReadToEndAsync();
        while (true)
        {
            if (_samba.HasExited)
                throw new InvalidOperationException("The domain controller ended: " + string.Join('\n', Directory.GetFiles(Path.Combine(_folder, "dc"), "log*").SelectMany(f => File.ReadLines(f).TakeLast(10))));
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(Address, 636);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ProvisionAsync()
    {
        var dc = Path.Combine(_folder, "dc");
        string[] options =
        [
            $"interfaces={Address}/8", "bind interfaces only=yes", $"pid directory={dc}/run", $"ncalrpc dir={dc}/ncalrpc", $"log file={dc}/log", $"winbindd socket directory={dc}/winbindd",
            $"ntp signd socket directory={dc}/ntp", $"cache directory={dc}/cache", "server services=ldap", "ldap server require strong auth=yes", "unix password sync=no",
            $"tls certfile={_folder}/lab-dc.pem", $"tls keyfile={_folder}/lab-dc.key", $"tls cafile={CaFile}",
        ];
        await RunAsync("samba-tool", [
            "domain", "provision", "--realm=LAB.EXAMPLE", "--domain=LAB", "--server-role=dc", "--dns-backend=NONE", "--host-name=dc1", $"--adminpass={AdminPassword}", $"--targetdir={dc}",
            .. options.Select(o => $"--option={o}"),
        ]);
        foreach (var folder in (string[])["run", "ncalrpc", "winbindd", "ntp", "cache"])
            Directory.CreateDirectory(Path.Combine(dc, folder));
    }

    private static int NumberIn(string line) => int.Parse(line[(line.LastIndexOf('(') + 1)..line.LastIndexOf(')')], CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, output) = await EndAsync(new(program, arguments));
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments.Take(3))}: {output}");
    }

    private static async Task<(int Code, string Output)> EndAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await errors);
    }

    [GeneratedRegex(@"<RMD_VERSION=(\d+)>")]
    private static partial Regex VersionPart();

    [GeneratedRegex(@"\bdata ([0-9a-f]+)\b")]
    private static partial Regex DataPart();
}

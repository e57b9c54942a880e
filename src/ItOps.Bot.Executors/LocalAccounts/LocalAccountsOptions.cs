using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>The accounts of the machine that the bot runs on; docs/connecting-linux.md lists the settings.</summary>
internal sealed record LocalAccountsOptions
{
    // Each of these groups lets its members become root or read what only root should: by sudo, by a container, by the disk itself, by files that root runs.
    private static readonly string[] s_privilegedGroups =
        ["root", "wheel", "sudo", "admin", "adm", "shadow", "disk", "kmem", "docker", "podman", "lxd", "incus-admin", "libvirt", "kvm", "staff", "systemd-journal"];

    public string DisplayName { get; init; } = "this server";

    /// <summary>The program that becomes root for the others; none when the bot itself is root.</summary>
    public string? Sudo { get; init; }

    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Below it are the system's own accounts (UID_MIN of login.defs).</summary>
    public int FirstPersonUid { get; init; } = 1000;

    public IReadOnlyList<string> PrivilegedGroups { get; init; } = s_privilegedGroups;

    public IReadOnlyList<string> BreakGlass { get; init; } = [];

    /// <summary>Where pam_faillock is told when an account locks.</summary>
    public string FaillockConfiguration { get; init; } = "/etc/security/faillock.conf";

    public IReadOnlyList<RequestableGroup> Groups { get; init; } = [];

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static LocalAccountsOptions Read(ExecutorSettings settings) => new()
    {
        DisplayName = settings.Optional("DisplayName") ?? new LocalAccountsOptions().DisplayName,
        Sudo = settings.Flag("Sudo", otherwise: false) ? LinuxTool.Sudo : null,
        TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 10, atLeast: 1, atMost: 60)),
        FirstPersonUid = settings.Whole("FirstPersonUid", otherwise: 1000, atLeast: 1, atMost: 1_000_000),
        PrivilegedGroups = [.. s_privilegedGroups, .. settings.Several("PrivilegedGroups")],
        BreakGlass = settings.Several("BreakGlass"),
        FaillockConfiguration = settings.Optional("FaillockConfiguration") ?? new LocalAccountsOptions().FaillockConfiguration,
        Groups = [.. settings.Section.GetSection("Groups").GetChildren().Select(section => Group(settings, section))],
    };

    private static RequestableGroup Group(ExecutorSettings settings, IConfigurationSection section)
    {
        var name = section["Name"] ?? "";
        if (!LinuxNames.IsName(name))
            throw settings.Wrong($"Groups:{section.Key}:Name", "must be the name of a group");
        var (type, resource) = (section["ResourceType"], section["Resource"]);
        if (string.IsNullOrEmpty(type) != string.IsNullOrEmpty(resource))
            throw settings.Wrong($"Groups:{section.Key}:{(string.IsNullOrEmpty(type) ? "ResourceType" : "Resource")}", "is missing; a resource has a type and a name");
        return new(name)
        {
            Description = section["Description"] ?? "",
            Resource = string.IsNullOrEmpty(resource) ? null : new GroupResource(type!, resource, section["Permission"] ?? "member", Texts(section, "Aliases")),
            Owners = [.. Texts(section, "Owners").Select(o => new PersonId(o))],
        };
    }

    private static IReadOnlyList<string> Texts(IConfigurationSection section, string key) => [.. section.GetSection(key).GetChildren().Select(c => c.Value).OfType<string>()];
}

/// <summary>A group that people may ask for, and what it opens.</summary>
internal sealed record RequestableGroup(string Name)
{
    public string Description { get; init; } = "";

    public GroupResource? Resource { get; init; }

    public IReadOnlyList<PersonId> Owners { get; init; } = [];
}

using ItOps.Bot.Executors.Http;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.Jira;

/// <summary>The site, who the bot is there, and which project roles may be asked for.</summary>
internal sealed record JiraOptions
{
    public const string AdminPermission = "admin";

    private static readonly Dictionary<string, string[]> s_roles = new(StringComparer.Ordinal)
    {
        ["read"] = ["Viewers", "Viewer", "Users"],
        ["developer"] = ["Developers", "Developer", "Members", "Member"],
        [AdminPermission] = ["Administrators", "Administrator"],
    };

    private static readonly string[] s_powerful = ["site-admins", "org-admins", "administrators", "system-administrators", "jira-administrators"];

    public required Uri Url { get; init; }

    public required string Email { get; init; }

    public required Secret<string> ApiToken { get; init; }

    /// <summary>By the permission that a runbook asks for, the names of the roles that give it. An admin's role is only named so that it is known as one.</summary>
    public required IReadOnlyDictionary<string, string[]> Roles { get; init; }

    /// <summary>The keys of the projects that may be asked for; all when none is named.</summary>
    public IReadOnlySet<string> Projects { get; init; } = new HashSet<string>();

    /// <summary>Names of groups whose members administer more than a project.</summary>
    public required IReadOnlySet<string> PrivilegedGroups { get; init; }

    /// <summary>An account that nobody bound belongs to the person with the same e-mail address.</summary>
    public bool MatchByEmail { get; init; }

    /// <summary>How long one answer is waited for, by the computer's own clock.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static JiraOptions From(ExecutorSettings settings) => new()
    {
        Url = settings.Address("Url", otherwise: null),
        Email = settings.Needed("Email") is var email && email.Contains('@', StringComparison.Ordinal) && !email.Contains(':', StringComparison.Ordinal)
            ? email
            : throw settings.Wrong("Email", "is not the e-mail address of the account that the token belongs to"),
        ApiToken = new(settings.Needed("ApiToken")),
        Roles = RolesOf(settings),
        Projects = settings.Several("Projects").Select(key => JiraIds.IsProject(key)
            ? key
            : throw settings.Wrong("Projects", $"names '{SaidText.Of(key)}', which is no project key; it is the part before the number of an issue, such as OPS")).ToHashSet(StringComparer.Ordinal),
        PrivilegedGroups = s_powerful.Concat(settings.Several("PrivilegedGroups")).ToHashSet(StringComparer.OrdinalIgnoreCase),
        MatchByEmail = settings.Flag("MatchByEmail", otherwise: false),
        TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 20, atLeast: 1, atMost: 100)),
    };

    /// <summary>What a role of this name lets people do; none when it may not be asked for.</summary>
    public string? PermissionOf(string role) => Roles.Where(r => r.Value.Contains(role, StringComparer.OrdinalIgnoreCase)).Select(r => r.Key).FirstOrDefault();

    /// <summary>Who is in a group of this name administers more than a project. A site's own group of administrators is called after it.</summary>
    public bool IsPowerful(string group) => PrivilegedGroups.Contains(group) || group.StartsWith("jira-admins-", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string[]> RolesOf(ExecutorSettings settings)
    {
        var roles = new Dictionary<string, string[]>(s_roles, StringComparer.Ordinal);
        foreach (var (key, value) in settings.Section.GetSection("Roles").GetChildren().Select(c => (c.Key, c.Value)))
            roles[key] = (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var twice = roles.SelectMany(r => r.Value).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? roles : throw settings.Wrong("Roles", $"gives two meanings to the role {SaidText.Of(twice.Key)}");
    }
}

using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Reads <c>Executors:AwsIam:*</c>; docs/connecting-aws.md lists the same keys.</summary>
internal static class AwsIamSettings
{
    // The same paths are denied to the bot's role by infra/aws/itops-bot-policy.json.
    public const string AdminPath = "/admin/";
    public const string BreakGlassPath = "/break-glass/";
    public const string ServicePath = "/service/";

    private static readonly string[] s_privilegedPolicies = ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"];
    private static readonly string[] s_quarantinePolicies = ["AWSCompromisedKeyQuarantine*", DenyAll.Name];

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static AwsIamOptions Read(ExecutorSettings settings)
    {
        var accounts = Accounts(settings);
        return new AwsIamOptions(accounts)
        {
            IamUrl = Url(settings, "IamUrl") ?? new("https://iam.amazonaws.com/"),
            StsUrl = Url(settings, "StsUrl"),
            Region = settings.Optional("Region") ?? "us-east-1",
            Keys = Keys(settings),
            Profile = settings.Optional("Profile"),
            TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 20, atLeast: 1, atMost: 60)),
            PrivilegedPolicies = [.. s_privilegedPolicies, .. settings.Several("PrivilegedPolicies")],
            PrivilegedGroups = settings.Several("PrivilegedGroups"),
            PrivilegedPaths = [AdminPath, .. Paths(settings, "PrivilegedPaths")],
            ServicePaths = [ServicePath, .. Paths(settings, "ServicePaths")],
            BreakGlass = [BreakGlassPath, .. settings.Several("BreakGlass")],
            QuarantinePolicies = [.. s_quarantinePolicies, .. settings.Several("QuarantinePolicies")],
            OwnerTag = settings.Optional("OwnerTag"),
            Groups = [.. settings.Section.GetSection("Groups").GetChildren().Select(g => Group(settings, g, accounts))],
        };
    }

    private static List<AwsAccount> Accounts(ExecutorSettings settings)
    {
        var accounts = settings.Section.GetSection("Accounts").GetChildren().Select(section => Account(settings, section)).ToList();
        if (accounts.Count == 0)
            throw settings.Wrong("Accounts:0:Id", "is missing");
        if (accounts.CountBy(a => a.Id).FirstOrDefault(a => a.Value > 1) is { Key: { } twice })
            throw settings.Wrong("Accounts", $"names {twice} more than once");
        return accounts;
    }

    private static AwsAccount Account(ExecutorSettings settings, IConfigurationSection section)
    {
        var (id, name, role, externalId) = (Text(section, "Id"), Text(section, "Name"), Text(section, "RoleArn"), Text(section, "ExternalId"));
        var key = $"Accounts:{section.Key}";
        if (id is null || !IamNames.IsAccount(id))
            throw settings.Wrong($"{key}:Id", "must be the twelve digits of an AWS account");
        if (role is not null && !IamNames.IsRoleIn(role, id))
            throw settings.Wrong($"{key}:RoleArn", $"must be the ARN of a role in account {id}, such as arn:aws:iam::{id}:role/itops-bot");
        return new(id, name ?? id, role, externalId);
    }

    private static AwsKeys? Keys(ExecutorSettings settings) => (settings.Optional("AccessKeyId"), settings.Optional("SecretAccessKey")) switch
    {
        (null, null) => null,
        ({ } id, { } secret) => new(id, new Secret<string>(secret)),
        (null, _) => throw settings.Wrong("AccessKeyId", "is missing, and SecretAccessKey is set"),
        _ => throw settings.Wrong("SecretAccessKey", "is missing, and AccessKeyId is set"),
    };

    private static AwsRequestableGroup Group(ExecutorSettings settings, IConfigurationSection section, List<AwsAccount> accounts)
    {
        var key = $"Groups:{section.Key}";
        var account = Text(section, "Account") ?? accounts[0].Id;
        if (accounts.TrueForAll(a => a.Id != account))
            throw settings.Wrong($"{key}:Account", "is not one of Accounts");
        if (Text(section, "Name") is not { } name || !IamNames.IsGroup(name))
            throw settings.Wrong($"{key}:Name", "must be the name of an IAM group");
        var (type, resource) = (Text(section, "ResourceType"), Text(section, "Resource"));
        if ((type is null) != (resource is null))
            throw settings.Wrong($"{key}:{(type is null ? "ResourceType" : "Resource")}", "is missing; a resource has a type and a name");
        return new(account, name)
        {
            Description = Text(section, "Description") ?? "",
            Resource = resource is null ? null : new GroupResource(type!, resource, Text(section, "Permission") ?? "member", Texts(section, "Aliases")),
            Owners = [.. Texts(section, "Owners").Select(o => new PersonId(o))],
        };
    }

    private static IEnumerable<string> Paths(ExecutorSettings settings, string key) => settings.Several(key).Select(path =>
        path.StartsWith('/') && path.EndsWith('/') ? path : throw settings.Wrong(key, $"holds '{path}'; a path begins and ends with /"));

    private static Uri? Url(ExecutorSettings settings, string key)
    {
        if (settings.Optional(key) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.PathAndQuery == "/"
            ? url
            : throw settings.Wrong(key, "must be an https address without a path (http only on this machine)");
    }

    private static string? Text(IConfigurationSection section, string key) => section[key] is { Length: > 0 } text ? text.Trim() : null;

    private static IReadOnlyList<string> Texts(IConfigurationSection section, string key) => [.. section.GetSection(key).GetChildren().Select(c => c.Value).OfType<string>()];
}

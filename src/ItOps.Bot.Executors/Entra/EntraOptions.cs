using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Entra.Tokens;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.Entra;

/// <summary>The tenant, how the bot proves itself to it, and what the operator says about its objects. Ids are lower-case GUIDs.</summary>
internal sealed record EntraOptions
{
    private const string DefaultAuthority = "https://login.microsoftonline.com/";
    private const string DefaultGraph = "https://graph.microsoft.com/v1.0/";

    private static readonly string[] s_credentials = ["ClientSecret", "CertificatePath", "ManagedIdentity"];

    public required string Tenant { get; init; }

    public required EntraCredential Credential { get; init; }

    public required Uri TokenAuthority { get; init; }

    public required Uri Graph { get; init; }

    /// <summary>The groups that policies and runbooks name, by id.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>A policy's group that is not in <see cref="Groups"/> is the only group that is called so. Off unless somebody turns it on: in most tenants anybody may create one.</summary>
    public bool GroupsByName { get; init; }

    /// <summary>Whose members chat must not touch, besides those who hold a role.</summary>
    public IReadOnlySet<string> PrivilegedGroups { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> BreakGlass { get; init; } = new HashSet<string>();

    /// <summary>What may be asked for by name, by the id of the group that opens it.</summary>
    public IReadOnlyDictionary<string, GroupResource> Resources { get; init; } = new Dictionary<string, GroupResource>();

    /// <summary>Tell approvers when somebody last signed in.</summary>
    public bool SignInActivity { get; init; }

    /// <summary>How long one answer is waited for, by the computer's own clock.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What a token is asked for: everything that the app registration was granted.</summary>
    public string Scope => Graph.IsLoopback ? "https://graph.microsoft.com/.default" : Graph.GetLeftPart(UriPartial.Authority) + "/.default";

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static EntraOptions From(ExecutorSettings settings) => new()
    {
        Tenant = Id(settings, "TenantId", settings.Needed("TenantId")),
        Credential = CredentialOf(settings),
        TokenAuthority = settings.Address("TokenAuthority", DefaultAuthority),
        Graph = settings.Address("GraphUrl", DefaultGraph),
        Groups = settings.Section.GetSection("Groups").GetChildren().Where(g => g.Value is { Length: > 0 })
            .ToDictionary(g => g.Key, g => Id(settings, $"Groups:{g.Key}", g.Value!), StringComparer.Ordinal),
        GroupsByName = settings.Flag("GroupsByName", otherwise: false),
        PrivilegedGroups = Ids(settings, "PrivilegedGroups"),
        BreakGlass = Ids(settings, "BreakGlass"),
        Resources = ResourcesOf(settings),
        SignInActivity = settings.Flag("SignInActivity", otherwise: false),
        TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 20, atLeast: 1, atMost: 100)),
    };

    private static HashSet<string> Ids(ExecutorSettings settings, string key) =>
        [.. settings.Several(key).Select((text, i) => Id(settings, string.Create(CultureInfo.InvariantCulture, $"{key}:{i}"), text))];

    private static string Id(ExecutorSettings settings, string key, string text) => EntraIds.Read(text)
        ?? throw settings.Wrong(key, $"is '{SaidText.Of(text)}'; it must be a GUID such as 00000000-0000-0000-0000-000000000000");

    private static Dictionary<string, GroupResource> ResourcesOf(ExecutorSettings settings)
    {
        var resources = new Dictionary<string, GroupResource>(StringComparer.Ordinal);
        foreach (var entry in settings.Section.GetSection("Resources").GetChildren())
        {
            var at = $"Resources:{entry.Key}:";
            var group = Id(settings, at + "Group", settings.Needed(at + "Group"));
            var aliases = settings.Optional(at + "Aliases")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (!resources.TryAdd(group, new(settings.Needed(at + "Type"), settings.Needed(at + "Name"), settings.Needed(at + "Permission"), aliases)))
                throw settings.Wrong(at + "Group", "is the group of another resource already");
        }

        return resources;
    }

    private static EntraCredential CredentialOf(ExecutorSettings settings)
    {
        var given = s_credentials.Where(key => settings.Optional(key) is not null).ToList();
        return given switch
        {
            [] => throw new SettingException(settings.Wrong("ClientSecret", "is missing").Message + " The bot needs one of ClientSecret, CertificatePath and ManagedIdentity."),
            ["ClientSecret"] => new ClientSecret(App(settings), new(settings.Needed("ClientSecret"))),
            ["CertificatePath"] => new ClientCertificate(App(settings), CertificateFile.Load(settings)),
            ["ManagedIdentity"] => new ManagedIdentity(settings.Needed("ManagedIdentity") is var id && id.Equals("system", StringComparison.OrdinalIgnoreCase) ? null : Id(settings, "ManagedIdentity", id)),
            _ => throw settings.Wrong(given[1], $"is set beside {given[0]}; only one of ClientSecret, CertificatePath and ManagedIdentity may be"),
        };
    }

    private static string App(ExecutorSettings settings) => Id(settings, "AppId", settings.Needed("AppId"));
}

/// <summary>How the bot proves to the tenant that it is the app that was granted its permissions.</summary>
internal abstract record EntraCredential;

internal sealed record ClientSecret(string App, Secret<string> Value) : EntraCredential;

internal sealed record ClientCertificate(string App, X509Certificate2 Certificate) : EntraCredential;

/// <param name="ClientId">None for the one that the machine itself has.</param>
internal sealed record ManagedIdentity(string? ClientId) : EntraCredential;

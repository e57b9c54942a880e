using ItOps.Bot.People;
using ItOps.Bot.Testing.Entra;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>
/// The whole bot without the sandbox: people and accounts come from a tenant of Entra in which there are Alice, Omar, who approves, and a drive. Beside Teams they may speak
/// through the console's conversations, to which a list binds them.
/// </summary>
public sealed class EntraBot : IAsyncDisposable
{
    private readonly string _folder;

    private EntraBot(BotHost bot, FakeGraph graph, string folder) => (Bot, Graph, _folder) = (bot, graph, folder);

    public BotHost Bot { get; }

    public FakeGraph Graph { get; }

    public GraphUser Alice => Graph.Directory.Users.Single(u => u.MailNickname == "alice");

    public GraphUser Omar => Graph.Directory.Users.Single(u => u.MailNickname == "omar");

    public GraphGroup Drive => Graph.Directory.Groups.Single(g => g.DisplayName == "GRP-FINANCE-RW");

    /// <param name="change">What is different in this bot.</param>
    /// <param name="more">Settings beyond those that connect the tenant.</param>
    /// <param name="serves">Behind a web server, so that chat platforms can call it.</param>
    public static async Task<EntraBot> StartAsync(Action<IServiceCollection>? change = null, IEnumerable<KeyValuePair<string, string>>? more = null, bool serves = false, Testing.Time.FakeTimeProvider? time = null)
    {
        time ??= BotHost.NewTime();
        var graph = await FakeGraph.StartAsync(time);
        graph.Directory.AddUser("alice");
        var omar = graph.Directory.AddUser("omar");
        var approvers = graph.Directory.AddGroup("GRP-IT-APPROVERS", omar.Id);
        var security = graph.Directory.AddGroup("GRP-SECURITY", omar.Id);
        var drive = graph.Directory.AddGroup("GRP-FINANCE-RW");
        var folder = Directory.CreateTempSubdirectory("itops-runbooks-").FullName;
        Write(folder);
        var settings = graph.Settings.Concat(more ?? []).Concat(new Dictionary<string, string>
        {
            ["Identity:Source"] = "Entra",
            ["Executors:Sandbox:Enabled"] = "false",
            ["Executors:Entra:Groups:it-approvers"] = approvers.Id,
            ["Executors:Entra:Groups:security"] = security.Id,
            ["Executors:Entra:Resources:0:Group"] = drive.Id,
            ["Executors:Entra:Resources:0:Type"] = "shared-drive",
            ["Executors:Entra:Resources:0:Name"] = "Finance",
            ["Executors:Entra:Resources:0:Permission"] = "write",
            ["Knowledge:RunbookFolder"] = Path.Combine(folder, "runbooks"),
            ["Assurance:PolicyFile"] = Path.Combine(folder, "assurance.yaml"),
            ["Approvals:PolicyFile"] = Path.Combine(folder, "approvals.yaml"),
        }).ToDictionary();
        Action<IServiceCollection> both = services =>
        {
            Bind(services);
            change?.Invoke(services);
        };
        return new(serves ? await BotHost.ServeAsync(time, settings, both) : await BotHost.StartAsync(time, settings, both), graph, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Graph.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Bind(IServiceCollection services)
    {
        var directory = services.Last(s => s.ServiceType == typeof(IPersonDirectory)).ImplementationType!;
        ChannelBinding[] bindings = [.. new[] { "alice", "omar" }.Select(name => new ChannelBinding($"{name}@contoso.example", new("console", "sandbox", name), "test"))];
        services.AddSingleton<IPersonDirectory>(p => new BoundPeople((IPersonDirectory)ActivatorUtilities.CreateInstance(p, directory), bindings));
    }

    /// <summary>A runbook for each change, and one that makes two.</summary>
    private static void Write(string folder)
    {
        var access = Directory.CreateDirectory(Path.Combine(folder, "runbooks", "access")).FullName;
        File.WriteAllText(Path.Combine(access, "stolen_password.md"), Runbook("stolen_password", "Replace a stolen password", "somebody stole my password", ["account.reset-password", "account.revoke-sessions"]));
        File.WriteAllText(Path.Combine(access, "new_password.md"), Runbook("new_password", "Set a new password", "please reset my forgotten password", ["account.reset-password"]));
        File.WriteAllText(Path.Combine(access, "sign_out.md"), Runbook("sign_out", "Sign out everywhere", "sign me out on all devices", ["account.revoke-sessions"]));
        File.WriteAllText(Path.Combine(access, "block.md"), Runbook("block", "Block an account", "block my hacked account", ["account.block"]));
        File.WriteAllText(Path.Combine(access, "join.md"), Runbook("join", "Join the drive", "let me into the network drive", ["group.add-member"], group: true));
        File.WriteAllText(Path.Combine(access, "leave.md"), Runbook("leave", "Leave the drive", "remove me from that folder share", ["group.remove-member"], group: true));

        // These stories are about the tenant; what a reset wants beyond a session is told elsewhere.
        File.WriteAllText(Path.Combine(folder, "assurance.yaml"), """
            version: 1
            rules:
              - name: own password
                for: self
                operations: [account.reset-password]
                kinds: 1
                of: [session]

            """);
        File.WriteAllText(Path.Combine(folder, "approvals.yaml"), """
            version: 1
            handOffGroup: it-approvers
            securityGroup: security
            requestsPerHour: 100
            rules:
              - name: all
                operations: [account.reset-password, account.revoke-sessions, account.block, group.*]
                groups: [it-approvers]
                quorum: 1
                expiresAfter: 4h

            """);
    }

    private static string Runbook(string id, string title, string utterance, string[] operations, bool group = false) => $"""
        ---
        id: {id}
        version: 1
        title: {title}
        summary: {title}
        utterances:
          - {utterance}
        parameters:
          - name: person
            kind: person
            ask: Whose?
            slot: user
        {(group ? "  - name: drive\n    kind: group\n    ask: Which drive?\n    slot: drive\n    resource: shared-drive\n" : "")}  - name: account
            kind: account
            ask: Which account?
        {(group ? "    sameSystemAs: drive\n" : "    slot: system\n")}steps:
        {string.Join('\n', operations.Select(o => $"  - run: {o}\n    with:\n      account: \"{{account}}\"{(group ? "\n      group: \"{drive}\"" : "")}"))}
        done: It is done.
        ---
        Background.

        """;
}

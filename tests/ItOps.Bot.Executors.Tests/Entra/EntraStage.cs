using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Entra;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>The executor as it is registered, before a tenant with a few people. Waits of a busy platform end at once, moving the clock.</summary>
internal sealed class EntraStage : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private EntraStage(FakeTimeProvider time, FakeGraph graph, ServiceProvider provider) => (Time, Graph, _provider) = (time, graph, provider);

    public FakeTimeProvider Time { get; }

    public FakeGraph Graph { get; }

    public GraphTenant Tenant => Graph.Directory;

    public IAccountDirectory Directory => _provider.GetRequiredService<AccountDirectories>().Find("entra")!;

    public IPersonDirectory People => _provider.GetRequiredService<IPersonDirectory>();

    public AccountOwners Owners => _provider.GetRequiredService<AccountOwners>();

    public ISelfCheck Check => _provider.GetServices<ISelfCheck>().Single(c => c.Name == "entra");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EntraStage> StartAsync(params string[] settings)
    {
        var time = new FakeTimeProvider { ShortWait = TimeSpan.FromMinutes(1) };
        var graph = await FakeGraph.StartAsync(time);
        return new(time, graph, Provide(graph.Settings, time, settings));
    }

    /// <summary>The same, after something about the tenant is known that a setting needs.</summary>
    public EntraStage With(params string[] settings) => new(Time, Graph, Provide(Graph.Settings, Time, settings));

    public static AccountId Of(GraphUser user) => new("entra", user.Id);

    public static GroupId Of(GraphGroup group) => new("entra", group.Id);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Graph.DisposeAsync();
    }

    private static ServiceProvider Provide(Dictionary<string, string> own, FakeTimeProvider time, string[] settings)
    {
        foreach (var setting in settings.Select(s => s.Split('=', 2)))
            own["Executors:Entra:" + setting[0]] = setting[1];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(own.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new ApprovalPolicy(1, [new ApprovalRule("all", ["account.*"]) { Groups = ["it-approvers"] }]) { HandOffGroup = "it-approvers", SecurityGroup = "security" })
            .AddExecutors(new(configuration.GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, PeopleSource: "Entra"))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}

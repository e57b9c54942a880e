using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Agents;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>The documentation's A2A agent on A2A's own JavaScript SDK, in one of the two versions; behind it a scripted model.</summary>
public abstract class A2aServer(string protocol) : IAsyncLifetime
{
    private const string Missing = "A2A's SDK is not installed, or Node is older than 20; npm install @a2a-js/sdk express and set ITOPS_A2A to the folder in which node_modules is.";

    private NodeServer? _server;
    private FakeAgentServer? _model;

    /// <summary>Skips where the SDK is not installed.</summary>
    public FakeAgentServer Model
    {
        get
        {
            Assert.SkipWhen(_model is null, Missing);
            return _model!;
        }
    }

    public Uri Url => new(_server!.Greeting);

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("ITOPS_A2A") is not { Length: > 0 } modules || !Directory.Exists(Path.Combine(modules, "node_modules", "@a2a-js", "sdk")))
            return;
        _model = await FakeAgentServer.StartAsync();
        var folder = NodeServer.FolderWith(modules);
        NodeServer.CopySample("a2a", Path.Combine(folder, "a2a"));
        _server = await NodeServer.StartAsync(
            folder,
            ["a2a/agent.mjs"],
            new()
            {
                ["AGENT_KEY"] = FakeAgentServer.Key,
                ["OPENAI_API_KEY"] = "practice",
                ["OPENAI_BASE_URL"] = new Uri(_model.Address, "v1").AbsoluteUri,
                ["PORT"] = "0",
                ["PROTOCOL"] = protocol,
            },
            "http://127.0.0.1:");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class A2aServerOfToday() : A2aServer("1.0");

public sealed class A2aServerOfYesterday() : A2aServer("0.3");

/// <summary>The contract against A2A's own SDK.</summary>
public abstract class A2aServerContract : AgentContract
{
    private readonly A2aServer _server;
    private readonly string _framework;
    private readonly string _version;

    protected A2aServerContract(A2aServer server, string framework, string version)
    {
        (_server, _framework, _version) = (server, framework, version);
        server.Model.Reset();
    }

    protected override FakeAgentServer Script => _server.Model;

    private Dictionary<string, string> Settings => FakeAgentServer.Settings(_framework, _server.Url);

    [Fact]
    public async Task Doctor_finds_the_card_the_version_and_the_key()
    {
        Assert.Equal(
            [$"ok {_framework} card: A2A {_version} at {new Uri(_server.Url, "rpc")}", $"ok {_framework} key: accepted"],
            await ConfiguredAgents.ExamineAsync(Settings, Time));
    }

    internal override IAgent Agent(string? key = FakeAgentServer.Key) => ConfiguredAgents.Agent(Settings, Time, key);
}

public sealed class A2aOneServerTests(A2aServerOfToday server) : A2aServerContract(server, "semantic-kernel", "1.0"), IClassFixture<A2aServerOfToday>;

public sealed class A2aZeroThreeServerTests(A2aServerOfYesterday server) : A2aServerContract(server, "autogen", "0.3"), IClassFixture<A2aServerOfYesterday>;

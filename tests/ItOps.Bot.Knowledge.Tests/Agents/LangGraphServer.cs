using ItOps.Bot.Testing;
using ItOps.Bot.Testing.Agents;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>LangGraph's real server, which serves the two samples of the documentation; behind it a scripted model. One start for all tests, because it takes seconds.</summary>
public sealed class LangGraphServer : IAsyncLifetime
{
    private const string Missing =
        "LangGraph's server is not installed, or Node is older than 20.16; npm install @langchain/langgraph @langchain/core @langchain/langgraph-cli langchain @langchain/openai and set ITOPS_LANGGRAPH to the folder in which node_modules is.";

    private NodeServer? _server;
    private FakeAgentServer? _model;

    /// <summary>Skips where the server is not installed.</summary>
    public FakeAgentServer Model
    {
        get
        {
            Assert.SkipWhen(_model is null, Missing);
            return _model!;
        }
    }

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("ITOPS_LANGGRAPH") is not { Length: > 0 } modules || !Directory.Exists(Path.Combine(modules, "node_modules", "@langchain", "langgraph-cli")))
            return;
        _model = await FakeAgentServer.StartAsync();
        var folder = NodeServer.FolderWith(modules);
        foreach (var sample in (string[])["langgraph", "langchain"])
            NodeServer.CopySample(sample, Path.Combine(folder, sample));
        await File.WriteAllTextAsync(Path.Combine(folder, "langgraph.json"), """
            {
              "node_version": "20",
              "graphs": { "graph": "./langgraph/agent.mjs:graph", "agent": "./langchain/agent.mjs:agent" },
              "auth": { "path": "./langgraph/auth.mjs:auth" }
            }
            """);
        var port = FreePort.Next();
        Url = new($"http://127.0.0.1:{port}/");
        _server = await NodeServer.StartAsync(
            folder,
            ["node_modules/@langchain/langgraph-cli/dist/cli/cli.mjs", "dev", "--no-browser", "--host", "127.0.0.1", "--port", $"{port}"],
            new()
            {
                ["AGENT_KEY"] = FakeAgentServer.Key,
                ["OPENAI_API_KEY"] = "practice",
                ["OPENAI_BASE_URL"] = new Uri(_model.Address, "v1").AbsoluteUri,
                ["LANGSMITH_TRACING"] = "false",
                ["LANGGRAPH_CLI_NO_ANALYTICS"] = "1",
            },
            "Server running at");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
    }
}

/// <summary>The tests that share the server.</summary>
[CollectionDefinition("LangGraph's server")]
public sealed class LangGraphServerCollection : ICollectionFixture<LangGraphServer>;

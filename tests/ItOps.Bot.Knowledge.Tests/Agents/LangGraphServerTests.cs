using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Agents;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>The contract against LangGraph's real server, with a graph and with an agent that the documentation shows.</summary>
public abstract class LangGraphServerContract : AgentContract
{
    private readonly LangGraphServer _server;
    private readonly string _framework;
    private readonly string _assistant;

    protected LangGraphServerContract(LangGraphServer server, string framework, string assistant)
    {
        (_server, _framework, _assistant) = (server, framework, assistant);
        server.Model.Reset();
        server.Model.HugeBytes = 300 * 1024;
    }

    protected override FakeAgentServer Script => _server.Model;

    protected Dictionary<string, string> Settings
    {
        get
        {
            var settings = FakeAgentServer.Settings(_framework, _server.Url);
            settings[settings.Keys.First().Replace(":Url", ":Assistant", StringComparison.Ordinal)] = _assistant;
            return settings;
        }
    }

    [Fact(Timeout = LongestTest)]
    public async Task Doctor_finds_the_server_the_key_and_the_assistant()
    {
        var lines = await ConfiguredAgents.ExamineAsync(Settings, Time);

        Assert.Equal(["server", "key: accepted", "assistant: " + _assistant], lines.Select(l => l[$"ok {_framework} ".Length..]).Select(l => l.StartsWith("server", StringComparison.Ordinal) ? "server" : l));
    }

    internal override IAgent Agent(string? key = FakeAgentServer.Key) => ConfiguredAgents.Agent(Settings, Time, key);
}

/// <summary>A graph of LangGraph.</summary>
[Collection("LangGraph's server")]
public sealed class LangGraphServerTests(LangGraphServer server) : LangGraphServerContract(server, "langgraph", "graph")
{
    [Fact(Timeout = LongestTest)]
    public async Task In_a_thread_of_its_own_a_conversation_goes_on_after_a_run_that_took_too_long()
    {
        var settings = Settings;
        settings["Agent:LangGraph:Threads"] = "true";
        var agent = ConfiguredAgents.Agent(settings, Time, FakeAgentServer.Key);
        var task = Asked() with { Thread = Guid.NewGuid().ToString("N") };
        await agent.RetrieveInstructionsAsync(task, TestContext.Current.CancellationToken);

        // By the computer's own clock: which run it is the bot knows from headers, and nobody can see from here that they came.
        settings["Agent:LangGraph:TimeOutSeconds"] = "10";
        var hasty = ConfiguredAgents.Agent(settings, TimeProvider.System, FakeAgentServer.Key);
        Script.Trouble = AgentTrouble.Hangs;
        var late = await Assert.ThrowsAsync<AgentFailedException>(() => hasty.RetrieveInstructionsAsync(task, TestContext.Current.CancellationToken));
        Assert.Equal(AgentFailure.TimedOut, late.Failure);
        Script.Trouble = AgentTrouble.None;

        await agent.RetrieveInstructionsAsync(task, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = LongestTest)]
    public async Task Doctor_names_an_assistant_that_is_not_there()
    {
        var settings = Settings;
        settings["Agent:LangGraph:Assistant"] = "nobody";

        Assert.Contains("WRONG langgraph assistant: the server has no graph or assistant 'nobody'; correct Agent:LangGraph:Assistant", await ConfiguredAgents.ExamineAsync(settings, Time));
    }
}

/// <summary>An agent of LangChain.</summary>
[Collection("LangGraph's server")]
public sealed class LangChainServerTests(LangGraphServer server) : LangGraphServerContract(server, "langchain", "agent");

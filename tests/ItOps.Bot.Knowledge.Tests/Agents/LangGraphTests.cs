using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Agents;
using ItOps.Bot.Testing.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>What only LangGraph's API has: where the answer stands in a final state, threads, runs to cancel.</summary>
public sealed class LangGraphTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new() { ShortWait = TimeSpan.FromSeconds(1) };
    private FakeAgentServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeAgentServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"answer":{"runbooks":[]}}""")]
    [InlineData("""{"answer":"{\"runbooks\":[]}"}""")]
    [InlineData("""{"messages":[],"structuredResponse":{"runbooks":[]}}""")]
    [InlineData("""{"messages":[],"structured_response":{"runbooks":[]}}""")]
    [InlineData("""{"messages":[{"type":"human","content":"x"},{"type":"ai","content":[{"type":"text","text":"{\"runbooks\""},{"type":"text","text":":[]}"}]}]}""")]
    public async Task The_answer_is_read_where_a_graph_or_an_agent_leaves_it(string state)
    {
        _server.Wrapped = () => JsonNode.Parse(state)!;

        Assert.Empty(await Agent().RetrieveInstructionsAsync(Task, Stop));
    }

    [Theory]
    [InlineData("""{"__error__":{"error":"GraphRecursionError","message":"too deep"}}""", AgentFailure.Failed, "Its run failed (GraphRecursionError).")]
    [InlineData("""{"__error__":{"error":"the key is 0815, tell nobody","message":""}}""", AgentFailure.Failed, "Its run failed (unnamed).")]
    [InlineData("""{"__interrupt__":[{"value":"may I?"}],"messages":[]}""", AgentFailure.Failed, "Its run stopped to ask a person")]
    [InlineData("""{"messages":[{"type":"human","content":"{\"runbooks\":[]}"}]}""", AgentFailure.Nonsense, "The final state holds no answer")]
    [InlineData("""{"messages":"none"}""", AgentFailure.Nonsense, "The final state holds no answer")]
    [InlineData("[]", AgentFailure.Nonsense, "The final state holds no answer")]
    public async Task A_state_without_an_answer_says_why(string state, AgentFailure expected, string message)
    {
        _server.Wrapped = () => JsonNode.Parse(state)!;

        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => Agent().RetrieveInstructionsAsync(Task, Stop));

        Assert.Equal(expected, failed.Failure);
        Assert.StartsWith(message, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_stand_alone_unless_a_conversation_is_to_have_its_thread()
    {
        await Agent().RetrieveInstructionsAsync(Task, Stop);
        await Agent(("Threads", "true")).RetrieveInstructionsAsync(Task, Stop);

        Assert.Equal(["POST /langgraph/runs/wait", "POST /langgraph/threads/00112233-4455-6677-8899-aabbccddeeff/runs/wait"], _server.Calls);
    }

    [Fact]
    public async Task A_run_in_a_thread_that_took_too_long_is_cancelled()
    {
        _server.Trouble = AgentTrouble.Hangs;

        // By the computer's own clock: which run it is the bot knows from headers, and nobody can see from here that they came.
        var settings = _server.Settings("langgraph").Append(new("Agent:LangGraph:Threads", "true")).Append(new("Agent:LangGraph:TimeOutSeconds", "5")).ToDictionary();
        await AgentContract.FailsAsync(AgentFailure.TimedOut, ConfiguredAgents.Agent(settings, TimeProvider.System, FakeAgentServer.Key));

        await _server.WhenCancelledAsync(Stop);
        Assert.EndsWith("/runs/7b6b594d-ea77-46b3-a1db-ea84ca97807b/cancel", _server.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var door = builder.Build();
        door.Run(http =>
        {
            http.Response.Redirect(new Uri(_server.Address, "langgraph/runs/wait").AbsoluteUri, permanent: false, preserveMethod: true);
            return System.Threading.Tasks.Task.CompletedTask;
        });
        await door.StartAsync(Stop);
        var agent = ConfiguredAgents.Agent(FakeAgentServer.Settings("langgraph", new(door.Urls.Single())), _time, FakeAgentServer.Key);

        Assert.Equal(AgentFailure.Refused, (await Assert.ThrowsAsync<AgentFailedException>(() => agent.RetrieveInstructionsAsync(Task, Stop))).Failure);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task A_key_can_travel_in_another_header()
    {
        var agent = Agent(("KeyHeader", "Authorization"));

        Assert.Equal(AgentFailure.Refused, (await Assert.ThrowsAsync<AgentFailedException>(() => agent.RetrieveInstructionsAsync(Task, Stop))).Failure);
        await Agent(("KeyHeader", "X-API-Key")).RetrieveInstructionsAsync(Task, Stop);
    }

    private static AgentTask Task => AgentContract.Asked();

    private IAgent Agent(params (string Key, string Value)[] more)
    {
        var settings = _server.Settings("langgraph");
        foreach (var (key, value) in more)
            settings["Agent:LangGraph:" + key] = value;
        return ConfiguredAgents.Of(settings, _time).GetRequiredService<IAgent>();
    }
}

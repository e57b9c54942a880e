using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.A2a;
using ItOps.Bot.Testing.Agents;
using ItOps.Bot.Testing.Time;
using JsonElement = System.Text.Json.JsonElement;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>What only A2A has: cards, two versions, tasks with states, answers with and without a task.</summary>
public sealed class A2aTests : IAsyncLifetime
{
    private static readonly Uri s_configured = new("https://agents.example.com/reader/");

    private readonly FakeTimeProvider _time = new() { ShortWait = TimeSpan.FromSeconds(1) };
    private FakeAgentServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeAgentServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("""{"supportedInterfaces":[{"url":"https://agents.example.com/a","protocolBinding":"GRPC","protocolVersion":"1.0"},{"url":"https://agents.example.com/b","protocolBinding":"JSONRPC","protocolVersion":"1.0"}]}""", "1.0", "b")]
    [InlineData("""{"supportedInterfaces":[{"url":"https://agents.example.com/a","protocolBinding":"JSONRPC","protocolVersion":"0.3"},{"url":"https://agents.example.com/b","protocolBinding":"JSONRPC","protocolVersion":"1.0.1"}]}""", "1.0", "b")]
    [InlineData("""{"supportedInterfaces":[{"url":"https://agents.example.com/a","protocolBinding":"JSONRPC","protocolVersion":"0.3"}]}""", "0.3", "a")]
    [InlineData("""{"supportedInterfaces":[{"url":"https://agents.example.com/a","protocolBinding":"JSONRPC"}]}""", "1.0", "a")]
    [InlineData("""{"url":"https://agents.example.com/a","protocolVersion":"0.3.0"}""", "0.3", "a")]
    [InlineData("""{"url":"https://agents.example.com/a","preferredTransport":"GRPC","protocolVersion":"0.3.0","additionalInterfaces":[{"url":"https://agents.example.com/b","transport":"JSONRPC"}]}""", "0.3", "b")]
    [InlineData("""{"url":"https://agents.example.com/a","protocolVersion":"0.3.0","supportedInterfaces":[{"url":"https://agents.example.com/b","protocolBinding":"JSONRPC","protocolVersion":"1.0"}]}""", "1.0", "b")]
    public void The_card_says_where_and_in_which_version(string card, string version, string path)
    {
        var read = A2aCard.Read(JsonElement.Parse(card), s_configured);

        Assert.Equal((version, new Uri(s_configured, "/" + path)), (read.Version.Number, read.Url));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"url":"https://agents.example.com/a","protocolVersion":"0.2.5"}""")]
    [InlineData("""{"url":"https://agents.example.com/a"}""")]
    [InlineData("""{"supportedInterfaces":[{"url":"https://agents.example.com/a","protocolBinding":"HTTP+JSON","protocolVersion":"1.0"}]}""")]
    [InlineData("""{"supportedInterfaces":[{"url":"https://agents.example.com/a","protocolBinding":"JSONRPC","protocolVersion":"2.0"}]}""")]
    public void A_card_without_a_version_that_is_spoken_is_nonsense(string card) =>
        Assert.Equal(AgentFailure.Nonsense, Assert.Throws<AgentFailedException>(() => A2aCard.Read(JsonElement.Parse(card), s_configured)).Failure);

    [Theory]
    [InlineData("https://elsewhere.example.com/a")]
    [InlineData("http://agents.example.com/a")]
    [InlineData("https://agents.example.com:8443/a")]
    [InlineData("https://agents.example.com@elsewhere.example.com/a")]
    [InlineData("/a")]
    [InlineData("")]
    public void A_card_that_sends_messages_elsewhere_is_refused(string url) => Assert.Equal(
        AgentFailure.Refused,
        Assert.Throws<AgentFailedException>(() => A2aCard.Read(JsonElement.Parse($$"""{"url":"{{url}}","protocolVersion":"0.3.0"}"""), s_configured)).Failure);

    [Fact]
    public async Task A_card_that_sends_messages_elsewhere_gets_none()
    {
        _server.CardAddress = "http://127.0.0.2:9/rpc";

        Assert.Equal(AgentFailure.Refused, (await Assert.ThrowsAsync<AgentFailedException>(() => Agent("a2a/").RetrieveInstructionsAsync(AgentContract.Asked(), Stop))).Failure);
        Assert.Equal(["GET /a2a/.well-known/agent-card.json"], _server.Calls);
    }

    [Fact]
    public async Task The_card_is_read_once_and_again_after_a_failure_so_that_an_agent_may_change_its_version()
    {
        var agent = Agent("a2a/");
        await agent.RetrieveInstructionsAsync(AgentContract.Asked(), Stop);
        await agent.RetrieveInstructionsAsync(AgentContract.Asked(), Stop);
        Assert.Single(_server.Calls, c => c.EndsWith(".json", StringComparison.Ordinal));

        _server.CardVersion = "0.3";
        await AgentContract.FailsAsync(AgentFailure.Failed, agent);
        await agent.RetrieveInstructionsAsync(AgentContract.Asked(), Stop);

        Assert.Equal(2, _server.Calls.Count(c => c.EndsWith(".json", StringComparison.Ordinal)));
        Assert.Equal(3, _server.Tasks.Count);
    }

    [Theory]
    [InlineData("a2a/")]
    [InlineData("a2a03/")]
    public async Task A_task_that_is_not_done_is_looked_at_until_it_is(string path)
    {
        _server.LooksBeforeDone = 3;

        Assert.Empty(await Agent(path).RetrieveInstructionsAsync(AgentContract.Asked(), Stop));

        Assert.Equal([$"GET /{path}.well-known/agent-card.json", .. Enumerable.Repeat($"POST /{path}rpc", 4)], _server.Calls);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("a2a/")]
    [InlineData("a2a03/")]
    public async Task A_task_that_took_too_long_is_cancelled_and_nobody_waits_for_that(string path)
    {
        (_server.LooksBeforeDone, _server.HangsWhenCancelled) = (int.MaxValue, true);

        // The clock stands still after this, so that a farewell that was waited for would never end.
        var failing = AgentContract.FailsAsync(AgentFailure.TimedOut, Agent(path));
        await _server.WhenLookedAtAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(9));

        await failing;
        await _server.WhenCancelledAsync(Stop);
    }

    [Theory]
    [InlineData("""{"task":{"id":"t","status":{"state":"TASK_STATE_INPUT_REQUIRED"}}}""", AgentFailure.Failed)]
    [InlineData("""{"task":{"id":"t","status":{"state":"TASK_STATE_AUTH_REQUIRED"}}}""", AgentFailure.Failed)]
    [InlineData("""{"task":{"id":"t","status":{"state":"TASK_STATE_REJECTED"}}}""", AgentFailure.Failed)]
    [InlineData("""{"task":{"id":"t","status":{"state":"TASK_STATE_CANCELED"}}}""", AgentFailure.Failed)]
    [InlineData("""{"task":{"id":"t","status":{"state":"TASK_STATE_COMPLETED"}}}""", AgentFailure.Nonsense)]
    [InlineData("""{"task":{"id":"t","status":{"state":"TASK_STATE_DREAMING"}}}""", AgentFailure.Nonsense)]
    [InlineData("""{"task":{"status":{"state":"TASK_STATE_WORKING"}}}""", AgentFailure.Nonsense)]
    [InlineData("""{"task":"t"}""", AgentFailure.Nonsense)]
    [InlineData("[]", AgentFailure.Nonsense)]
    public async Task A_task_that_ends_without_an_answer_is_a_failure(string result, AgentFailure expected)
    {
        _server.Wrapped = () => JsonNode.Parse(result)!;

        await AgentContract.FailsAsync(expected, Agent("a2a/"));
    }

    [Theory]
    [InlineData("a2a/", """{"message":{"role":"ROLE_AGENT","messageId":"m","parts":[{"text":"{\"runbooks\":[]}"}]}}""")]
    [InlineData("a2a/", """{"message":{"role":"ROLE_AGENT","messageId":"m","parts":[{"text":"As you wish"},{"data":{"runbooks":[]}}]}}""")]
    [InlineData("a2a/", """{"task":{"id":"t","status":{"state":"TASK_STATE_COMPLETED","message":{"parts":[{"text":"{\"runbooks\":[]}"}]}}}}""")]
    [InlineData("a2a/", """{"task":{"id":"t","status":{"state":"TASK_STATE_COMPLETED"},"artifacts":[{"parts":[{"text":"a draft"}]},{"parts":[{"text":"{\"runbooks\""},{"text":":[]}"}]}]}}""")]
    [InlineData("a2a03/", """{"kind":"message","role":"agent","messageId":"m","parts":[{"kind":"text","text":"{\"runbooks\":[]}"}]}""")]
    [InlineData("a2a03/", """{"kind":"task","id":"t","status":{"state":"completed"},"artifacts":[{"parts":[{"kind":"data","data":{"runbooks":[]}}]}]}""")]
    public async Task The_answer_is_read_where_an_agent_leaves_it(string path, string result)
    {
        _server.Wrapped = () => JsonNode.Parse(result)!;

        Assert.Empty(await Agent(path).RetrieveInstructionsAsync(AgentContract.Asked(), Stop));
    }

    [Fact]
    public async Task A_crew_can_be_asked_over_A2A_too()
    {
        var settings = FakeAgentServer.Settings("crewai", new(_server.Address, "a2a03/"));
        settings["Agent:CrewAi:Protocol"] = "a2a";

        Assert.Empty(await ConfiguredAgents.Agent(settings, _time, FakeAgentServer.Key).RetrieveInstructionsAsync(AgentContract.Asked(), Stop));
        Assert.Contains($"ok crewai card: A2A 0.3 at {_server.Address}a2a03/rpc", await ConfiguredAgents.ExamineAsync(settings, _time));
    }

    private IAgent Agent(string path) => ConfiguredAgents.Agent(FakeAgentServer.Settings("autogen", new(_server.Address, path)), _time, FakeAgentServer.Key);
}

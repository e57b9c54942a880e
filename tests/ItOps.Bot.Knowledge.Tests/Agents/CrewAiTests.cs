using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Agents;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>What only CrewAI's kickoff and status calls have: a sequence of looks, with our stub at the other end.</summary>
public sealed class CrewAiTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new() { ShortWait = TimeSpan.FromSeconds(1) };
    private FakeAgentServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeAgentServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_looks_again_with_growing_pauses_until_the_crew_is_done()
    {
        _server.LooksBeforeDone = 6;
        var began = _time.GetUtcNow();

        Assert.Empty(await Agent().RetrieveInstructionsAsync(AgentContract.Asked(), TestContext.Current.CancellationToken));

        Assert.Equal(7, _server.Calls.Count(c => c.StartsWith("GET /crewai/status/", StringComparison.Ordinal)));
        Assert.Equal(0.2 + 0.3 + 0.45 + 0.675 + 1 + 1 + 1, (_time.GetUtcNow() - began).TotalSeconds, precision: 3);
    }

    [Theory]
    [InlineData("""{"status":"error","error":"the key is 0815"}""", AgentFailure.Failed)]
    [InlineData("""{"status":"completed"}""", AgentFailure.Nonsense)]
    [InlineData("""{"status":"completed","result":{"output":{"runbooks":[]}}}""", AgentFailure.Nonsense)]
    [InlineData("""{"status":"pondering"}""", AgentFailure.Nonsense)]
    [InlineData("{}", AgentFailure.Nonsense)]
    public async Task A_crew_that_ends_without_an_output_is_a_failure(string status, AgentFailure expected)
    {
        _server.Wrapped = () => JsonNode.Parse(status)!;

        await AgentContract.FailsAsync(expected, Agent());
    }

    private IAgent Agent() => ConfiguredAgents.Agent(_server.Settings("crewai"), _time, FakeAgentServer.Key);
}

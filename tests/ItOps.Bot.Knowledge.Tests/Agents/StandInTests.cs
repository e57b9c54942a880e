using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Agents;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>The contract over each protocol with a stand-in of ours at the other end: what goes wrong on the line itself is tried here.</summary>
public abstract class StandInContract(string framework, string path) : AgentContract, IAsyncLifetime
{
    private FakeAgentServer _server = null!;

    protected override FakeAgentServer Script => _server;

    protected override AgentFailure WhenItDies => AgentFailure.Away;

    protected Dictionary<string, string> Settings => FakeAgentServer.Settings(framework, new(_server.Address, path));

    public async ValueTask InitializeAsync() => _server = await FakeAgentServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task One_that_something_in_front_of_it_calls_unavailable_is_away()
    {
        Script.Trouble = AgentTrouble.Down;

        await FailsAsync(AgentFailure.Away, Agent());
    }

    [Fact]
    public async Task JSON_that_cannot_be_read_is_nonsense_and_no_other_exception()
    {
        Script.Trouble = AgentTrouble.HalfCharacters;

        await FailsAsync(AgentFailure.Nonsense, Agent());
    }

    [Fact]
    public async Task One_that_never_answers_is_left_alone_for_a_while_and_then_asked_again()
    {
        var agent = Agent();
        Script.Trouble = AgentTrouble.Hangs;
        for (var i = 0; i < 3; i++)
        {
            var failing = FailsAsync(AgentFailure.TimedOut, agent);
            await Script.WhenAskedAsync(TestContext.Current.CancellationToken);
            Time.Advance(TimeSpan.FromSeconds(9));
            await failing;
        }

        await FailsAsync(AgentFailure.Away, agent);
        Assert.Equal(3, Script.Tasks.Count);

        Script.Trouble = AgentTrouble.None;
        Time.Advance(TimeSpan.FromSeconds(31));
        await agent.RetrieveInstructionsAsync(Asked(), TestContext.Current.CancellationToken);
        Assert.Equal(4, Script.Tasks.Count);
    }

    [Fact]
    public async Task What_one_message_brings_about_does_not_take_it_from_others()
    {
        var agent = Agent();
        foreach (var (trouble, failure) in ((AgentTrouble, AgentFailure)[])
                 [(AgentTrouble.Fails, AgentFailure.Failed), (AgentTrouble.Huge, AgentFailure.TooBig), (AgentTrouble.Garbage, AgentFailure.Nonsense), (AgentTrouble.Fails, AgentFailure.Failed)])
        {
            Script.Trouble = trouble;
            await FailsAsync(failure, agent);
        }

        Script.Trouble = AgentTrouble.None;
        Assert.Empty(await agent.RetrieveInstructionsAsync(Asked(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_that_goes_on_answering_is_cut_off()
    {
        Script.Trouble = AgentTrouble.Endless;

        await FailsAsync(AgentFailure.TooBig, Agent());
    }

    [Fact]
    public async Task One_that_is_not_there_is_away()
    {
        var agent = Agent();
        await _server.DisposeAsync();

        await FailsAsync(AgentFailure.Away, agent);
    }

    [Fact]
    public async Task Doctor_says_that_it_answers_and_that_the_key_is_good()
    {
        var lines = await ConfiguredAgents.ExamineAsync(Settings, Time);

        Assert.All(lines, line => Assert.StartsWith("ok " + framework, line, StringComparison.Ordinal));
        Assert.Contains($"ok {framework} key: accepted", lines);
    }

    [Fact]
    public async Task Doctor_names_the_key_that_is_wrong()
    {
        var settings = Settings;
        settings[settings.Keys.Single(k => k.EndsWith(":Key", StringComparison.Ordinal))] = "another-key";

        var line = Assert.Single(await ConfiguredAgents.ExamineAsync(settings, Time), l => l.StartsWith("WRONG", StringComparison.Ordinal));
        Assert.StartsWith($"WRONG {framework} key: It answered 401", line, StringComparison.Ordinal);
        Assert.Contains("Key", line, StringComparison.Ordinal);
        Assert.DoesNotContain("another-key", line, StringComparison.Ordinal);
    }

    internal override IAgent Agent(string? key = FakeAgentServer.Key) => ConfiguredAgents.Agent(Settings, Time, key);
}

public sealed class LangGraphStandInTests() : StandInContract("langgraph", "langgraph/");

public sealed class LangChainStandInTests() : StandInContract("langchain", "langgraph/");

/// <summary>A2A 1.0.</summary>
public sealed class SemanticKernelStandInTests() : StandInContract("semantic-kernel", "a2a/");

/// <summary>A2A 0.3.</summary>
public sealed class AutoGenStandInTests() : StandInContract("autogen", "a2a03/");

/// <summary>CrewAI's kickoff and status calls have no server that could be had: this is a stub for the sequence of polls, and nothing else stands behind it.</summary>
public sealed class CrewAiStubTests() : StandInContract("crewai", "crewai/");

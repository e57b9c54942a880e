using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Approvals;
using ItOps.Bot.Testing.Agents;
using ItOps.Bot.Testing.Models;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>What becomes of a message when an agent of another framework helps to read it, and when that agent is wrong, or away.</summary>
public sealed class AgentStories : IAsyncLifetime
{
    private const string Tie = "outlook or teams, one of them does not take my sign-in";
    private const string Away = "agent that usually helps me understand messages isn't answering";

    private FakeAgentServer _agents = null!;

    public async ValueTask InitializeAsync() => _agents = await FakeAgentServer.StartAsync();

    public ValueTask DisposeAsync() => _agents.DisposeAsync();

    [Theory]
    [InlineData("langgraph", "POST /langgraph/runs/wait")]
    [InlineData("langchain", "POST /langgraph/runs/wait")]
    [InlineData("crewai", "POST /crewai/kickoff")]
    [InlineData("autogen", "POST /a2a/rpc")]
    [InlineData("semantic-kernel", "POST /a2a/rpc")]
    public async Task An_unlock_that_an_agent_understood_is_approved_and_runs_like_any_other(string framework, string call)
    {
        await using var bot = await StartAsync(framework);
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");
        _agents.Answers = Choose("account_locked", "so oft vertippt");

        await alice.Says("ich hab mich so oft vertippt dass jetzt gar nichts mehr reagiert am Anmeldebildschirm");
        await alice.Taps("alice in Directory");
        await omar.SeesApproval("Unlock alice in Directory");
        var presses = await Task.WhenAll(omar.Approves(), omar.Approves());

        Assert.Single(presses, d => d.Kind == DecidedKind.Counted);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Single(_agents.Calls, call);
        Assert.DoesNotContain("alice", _agents.Tasks[0].GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_agent_in_the_middle_of_a_conversation_knows_what_was_said_before()
    {
        await using var bot = await StartAsync("langgraph", ("Agent:Ask", "always"));
        var bob = bot.Person("bob");
        _agents.Answers = Choose("shared_drive_access", "finance stuff", ("drive", "finance", "finance stuff"));
        await bob.Says("open the finance stuff for me");
        await bob.Sees("Is reading enough, or must files be changed too?");

        bot.Services.GetRequiredService<IConfiguration>()["Agent:Framework"] = "crewai";
        _agents.Answers = Choose("shared_drive_access", "peek", ("permission", "read", "just peek into it"));
        await bob.Says("nah I just peek into it");

        Assert.Equal(["POST /langgraph/runs/wait", "POST /crewai/kickoff"], _agents.Calls.Where(c => c.StartsWith("POST", StringComparison.Ordinal)));
        var told = _agents.Tasks[^1];
        Assert.Equal(("propose", "nah I just peek into it", "permission"), (told.GetProperty("task").GetString(), told.GetProperty("text").GetString(), told.GetProperty("asking").GetString()));
        Assert.Equal("open the finance stuff for me", told.GetProperty("earlier")[0].GetString());
        Assert.Equal("shared_drive_access", (await bot.LastRequestAsync()).RunbookId);
    }

    [Fact]
    public async Task A_runbook_with_an_agent_of_its_own_is_asked_there_and_all_others_elsewhere()
    {
        await using var bot = await StartAsync("langgraph", ("Agent:Ask", "always"), ("Agent:Runbooks:shared_drive_access", "autogen"));
        var bob = bot.Person("bob");
        var alice = bot.Person("alice");

        await bob.Says("I need access to the finance drive");
        Assert.All(_agents.Calls, c => Assert.Contains("/a2a/", c, StringComparison.Ordinal));
        await alice.Says("im locked out");

        Assert.Equal("POST /langgraph/runs/wait", _agents.Calls[^1]);
    }

    [Fact]
    public async Task A_runbook_has_an_agent_of_its_own_where_nobody_else_has_one()
    {
        await using var bot = await StartAsync("built-in", ("Agent:Ask", "always"), ("Agent:Runbooks:shared_drive_access", "langgraph"));

        await bot.Person("alice").Says("im locked out");
        Assert.Empty(_agents.Calls);
        await bot.Person("bob").Says("I need access to the finance drive");

        Assert.Equal("POST /langgraph/runs/wait", _agents.Calls[^1]);
    }

    [Theory]
    [InlineData("langgraph", AgentTrouble.Dies)]
    [InlineData("langchain", AgentTrouble.Garbage)]
    [InlineData("crewai", AgentTrouble.Huge)]
    [InlineData("autogen", AgentTrouble.Fails)]
    [InlineData("semantic-kernel", AgentTrouble.Endless)]
    public async Task An_agent_that_fails_is_missed_once_and_not_again_until_it_was_back(string framework, AgentTrouble trouble)
    {
        await using var bot = await StartAsync(framework);
        var alice = bot.Person("alice");
        _agents.Trouble = trouble;

        await alice.Says(Tie);
        await alice.Sees($"The {framework} {Away}");
        Assert.True((await alice.ButtonsAsync()).Count > 2);
        await alice.Says("cancel");
        await alice.Says(Tie);
        await alice.DoesNotSee(Away);

        _agents.Trouble = AgentTrouble.None;
        _agents.Answers = Choose("teams_not_signing_in", "does not take my sign-in");
        await alice.Says("cancel");
        await alice.Says(Tie);
        await alice.Sees("Which computer do you use Teams on?");
        await alice.Says("cancel");

        _agents.Trouble = trouble;
        await alice.Says(Tie);
        await alice.Sees($"The {framework} {Away}");
    }

    [Fact]
    public async Task An_agent_that_stays_away_is_left_alone_and_readiness_says_so()
    {
        await using var bot = await StartAsync("crewai");
        var alice = bot.Person("alice");
        var check = bot.Services.GetServices<ISelfCheck>().Single(c => c.Name == "crewai");
        Assert.Null(check.Degraded);
        _agents.Trouble = AgentTrouble.Down;
        for (var i = 0; i < 3; i++)
        {
            await alice.Says(Tie);
            await alice.Says("cancel");
        }

        Assert.Contains("away", check.Degraded, StringComparison.Ordinal);
        Assert.Null(check.Problem);
        bot.Time.Advance(TimeSpan.FromMinutes(1));
        _agents.Trouble = AgentTrouble.None;
        _agents.Answers = Choose("teams_not_signing_in", "does not take my sign-in");
        await alice.Says(Tie);
        Assert.Null(check.Degraded);
    }

    [Fact]
    public async Task An_agent_that_hangs_ends_with_the_rules_when_its_time_is_up()
    {
        await using var bot = await StartAsync("langgraph");
        var alice = bot.Person("alice");
        _agents.Trouble = AgentTrouble.Hangs;

        var turn = alice.Says(Tie);
        await _agents.WhenAskedAsync(TestContext.Current.CancellationToken);
        bot.Time.Advance(TimeSpan.FromSeconds(9));
        await turn;

        await alice.Sees($"The langgraph {Away}");
        Assert.True((await alice.ButtonsAsync()).Count > 2);
    }

    [Theory]
    [InlineData("aws.ec2.reboot", "sign-in")]
    [InlineData("teams_not_signing_in", "all my money")]
    public async Task An_agent_that_lies_or_names_an_operation_is_as_good_as_away(string runbook, string evidence)
    {
        await using var bot = await StartAsync("semantic-kernel");
        var alice = bot.Person("alice");
        _agents.Answers = Choose(runbook, evidence);

        await alice.Says(Tie);

        await alice.Sees($"The semantic-kernel {Away}");
        Assert.True((await alice.ButtonsAsync()).Count > 2);
        Assert.Empty(await alice.RequestsAsync());
    }

    [Fact]
    public async Task Where_there_is_a_model_it_takes_the_place_of_an_agent_that_fails()
    {
        await using var model = await FakeModel.StartAsync();
        model.Answers = asked => asked.Choose("teams_not_signing_in", "does not take my sign-in");
        await using var bot = await StartAsync("crewai", [.. model.Settings.Select(s => (s.Key, s.Value))]);
        var alice = bot.Person("alice");
        _agents.Trouble = AgentTrouble.Down;

        await alice.Says(Tie);

        await alice.Sees($"The crewai {Away}");
        await alice.Sees("Which computer do you use Teams on?");
    }

    private Task<BotHost> StartAsync(string framework, params (string Key, string Value)[] more)
    {
        Dictionary<string, string> settings = new() { ["Agent:Framework"] = framework };
        foreach (var (key, value) in ((string[])["langgraph", "langchain", "crewai", "autogen", "semantic-kernel"]).SelectMany(f => _agents.Settings(f).Select(s => (s.Key, s.Value))).Concat(more))
            settings[key] = value;
        return BotHost.StartAsync(settings: settings);
    }

    /// <summary>The same runbook and values, whatever the task: a task takes from the answer what it asked for.</summary>
    private static Func<JsonElement, string> Choose(string runbook, string evidence, params (string Name, string Value, string Evidence)[] values) => task =>
    {
        JsonObject Proposal() => new()
        {
            ["id"] = runbook,
            ["confidence"] = 0.9,
            ["evidence"] = evidence,
            ["values"] = new JsonArray([.. values.Select(v => new JsonObject { ["name"] = v.Name, ["value"] = v.Value, ["evidence"] = v.Evidence })]),
        };
        return new JsonObject
        {
            ["version"] = 1,
            ["runbooks"] = new JsonArray(Proposal()),
            ["runbook"] = Proposal(),
            ["wishes"] = new JsonArray(new JsonObject { ["text"] = task.GetProperty("text").GetString(), ["after"] = new JsonArray(), ["runbook"] = Proposal() }),
        }.ToJsonString();
    };
}

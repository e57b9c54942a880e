using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Models;

namespace ItOps.Bot.Knowledge.Tests.Llm;

/// <summary>What is read of an answer, and what makes it none.</summary>
public sealed class ModelAnswerTests : IAsyncLifetime
{
    private const string Good = """{"proposals":[{"runbook":"vpn_not_connecting","confidence":0.9,"evidence":"the tunnel is dead","values":[]}]}""";

    private ModelStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await ModelStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Wishes_come_with_their_order_their_runbooks_and_values()
    {
        _stage.Model.Answers = asked => asked.Split(
            new ModelWish("unlock bob", "account_locked", ("person", "bob", "unlock bob")),
            new ModelWish("finance drive for bob", "shared_drive_access", ("drive", "finance", "finance drive")) { After = [0], Confidence = 0.7 },
            new ModelWish("a pony", "none"));

        var wishes = await _stage.Agent.DecomposeTaskAsync(ModelStage.Task("please unlock bob, then the finance drive for bob, and a pony"), TestContext.Current.CancellationToken);

        Assert.Equal(["unlock bob", "finance drive for bob", "a pony"], wishes.Select(w => w.Text));
        Assert.Equal([0], wishes[1].After);
        Assert.Equal(("shared_drive_access", 0.7, "finance"), (wishes[1].Proposal!.RunbookId, wishes[1].Proposal!.Confidence, Assert.Single(wishes[1].Proposal!.Values).Value));
        Assert.Null(wishes[2].Proposal);
        Assert.Equal("wishes", Assert.Single(_stage.Model.Questions).What);
    }

    [Fact]
    public async Task Values_are_asked_for_with_the_parameter_that_the_person_was_asked_for()
    {
        _stage.Model.Answers = asked => asked.Choose("shared_drive_access", "finance", values: ("drive", "finance", "finance"));

        var plan = await _stage.Agent.ProposePlanAsync(ModelStage.Task("the finance one", "shared_drive_access") with { Asking = "drive" }, TestContext.Current.CancellationToken);

        Assert.Equal(new AgentValue("drive", "finance", "finance"), Assert.Single(plan!.Values));
        Assert.Equal(("values", "drive"), (_stage.Model.Questions[0].What, _stage.Model.Questions[0].AskedFor));
    }

    [Fact]
    public async Task Nothing_is_an_answer_too()
    {
        Assert.Empty(await _stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("what is for lunch"), TestContext.Current.CancellationToken));
        Assert.Null(await _stage.Agent.ProposePlanAsync(ModelStage.Task("no idea", "account_locked"), TestContext.Current.CancellationToken));
        Assert.Null(Assert.Single(await _stage.Agent.DecomposeTaskAsync(ModelStage.Task("what is for lunch"), TestContext.Current.CancellationToken)).Proposal);
    }

    [Fact]
    public async Task Proposals_come_best_first()
    {
        _stage.Model.Next(ModelReply.Text("""
            {"proposals":[{"runbook":"account_locked","confidence":0.2,"evidence":"dead","values":[]},{"runbook":"vpn_not_connecting","confidence":0.8,"evidence":"tunnel","values":[]}]}
            """));

        Assert.Equal(["vpn_not_connecting", "account_locked"], (await AskAsync()).Select(p => p.RunbookId));
    }

    [Fact]
    public async Task Tools_further_choices_and_members_that_nobody_asked_for_are_passed_over()
    {
        _stage.Model.Next(
            ModelReply.ToolCall("run_shell", """{"command":"rm -rf /"}""", beside: JsonNode.Parse(Good)),
            ModelReply.TwoChoices(JsonNode.Parse(Good)!, """{"proposals":[]}"""),
            ModelReply.Text("""{"operation":"accounts.delete","approved":true,"proposals":[{"runbook":"vpn_not_connecting","confidence":0.9,"evidence":"the tunnel is dead","values":[],"target":"root","steps":[{"run":"x"}]}]}"""));

        for (var i = 0; i < 3; i++)
            Assert.Equal("vpn_not_connecting", Assert.Single(await AskAsync()).RunbookId);
    }

    public static TheoryData<string, AgentFailure> BadAnswers => new()
    {
        { "", AgentFailure.Nonsense },
        { "I think it is the VPN.", AgentFailure.Nonsense },
        { "```json\n" + Good + "\n```", AgentFailure.Nonsense },
        { Good + Good, AgentFailure.Nonsense },
        { "[" + Good + "]", AgentFailure.Nonsense },
        { "\"" + Good.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"", AgentFailure.Nonsense },
        { "null", AgentFailure.Nonsense },
        { "{}", AgentFailure.Nonsense },
        { """{"proposals":{}}""", AgentFailure.Nonsense },
        { """{"proposals":["vpn_not_connecting"]}""", AgentFailure.Nonsense },
        { """{"proposals":[],"proposals":[]}""", AgentFailure.Nonsense },
        { Good.Replace("vpn_not_connecting", "leaver", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("vpn_not_connecting", "VPN_NOT_CONNECTING", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("0.9", "1.1", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("0.9", "-1", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("0.9", "1e999", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("0.9", "\"0.9\"", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("0.9", "null", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("\"the tunnel is dead\"", "null", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("\"the tunnel is dead\"", "\"\\ud800\"", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("[]", "[{\"parameter\":\"person\"}]", StringComparison.Ordinal), AgentFailure.Nonsense },
        { Good.Replace("the tunnel is dead", new string('x', 1_001), StringComparison.Ordinal), AgentFailure.TooBig },
        { """{"proposals":[""" + string.Concat(Enumerable.Repeat("{},", 20)) + "{}]}", AgentFailure.TooBig },
        { string.Concat(Enumerable.Repeat("{\"proposals\":[", 40)), AgentFailure.Nonsense },
        { new string('x', 70_000), AgentFailure.TooBig },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task An_answer_of_another_form_is_none(string answer, AgentFailure failure)
    {
        _stage.Model.Next(ModelReply.Text(answer));

        var failed = await _stage.FailsAsync();

        Assert.Equal(failure, failed.Failure);
        Assert.DoesNotContain("tunnel", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, _stage.Model.Calls);
    }

    public static TheoryData<string, AgentFailure> OtherEnds => new()
    {
        { "refusal", AgentFailure.Failed },
        { "length", AgentFailure.TooBig },
        { "filter", AgentFailure.Failed },
        { "tool", AgentFailure.Nonsense },
        { "garbage", AgentFailure.Nonsense },
        { "html", AgentFailure.Nonsense },
        { "at once", AgentFailure.Nonsense },
        { "huge", AgentFailure.TooBig },
    };

    [Theory]
    [MemberData(nameof(OtherEnds))]
    public async Task What_is_no_answer_at_all_is_told_apart(string what, AgentFailure failure)
    {
        _stage.Model.Next(what switch
        {
            "refusal" => ModelReply.Refusal(),
            "length" => ModelReply.Ends("length", Good),
            "filter" => ModelReply.Ends("content_filter", Good),
            "tool" => ModelReply.ToolCall("delete_account", "{}"),
            "garbage" => ModelReply.Garbage(),
            "html" => ModelReply.Html(),
            "at once" => ModelReply.NotStreamed(JsonNode.Parse(Good)!),
            _ => ModelReply.Huge(),
        });

        Assert.Equal(failure, (await _stage.FailsAsync()).Failure);
        Assert.Equal(1, _stage.Model.Calls);
    }

    private Task<IReadOnlyList<AgentProposal>> AskAsync() => _stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("the tunnel is dead"), TestContext.Current.CancellationToken);
}

using System.Text.Json;
using ItOps.Bot.Agents;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Agents;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Knowledge.Tests.Agents;

/// <summary>
/// What the bot relies on from every agent in a process of its own, whatever its protocol, and whether its server is a stand-in of ours or a real one. The clock
/// stands still, so that time is up only when a test says so; short pauses between looks pass at once.
/// </summary>
public abstract class AgentContract
{
    /// <summary>In milliseconds of the computer's own clock: a real server that chokes must not hold up the others, and the standing clock would let it.</summary>
    protected const int LongestTest = 240_000;

    private const string Wish = "unlock my account and give me the finance drive until Friday";

    private static readonly Runbook Locked = new("account_locked", 1, "Account locked")
    {
        Category = "accounts",
        Summary = "Unlock an account after too many wrong passwords",
        Source = "accounts/locked.md",
        Parameters = [new("account", ParameterKind.Account, "Which account is locked?"), new("system", ParameterKind.Choice, "Where?") { Options = [new("windows", "Windows", [])] }],
    };

    private static readonly Runbook Drive = new("shared_drive_access", 2, "Access to a shared drive")
    {
        Category = "access",
        Summary = "Get into a shared drive",
        Source = "access/drive.md",
        Parameters = [new("drive", ParameterKind.Group, "Which drive?"), new("until", ParameterKind.Duration, "For how long?")],
    };

    internal FakeTimeProvider Time { get; } = new() { ShortWait = TimeSpan.FromSeconds(1) };

    /// <summary>Plays the agent, or the model that a real agent asks.</summary>
    protected abstract FakeAgentServer Script { get; }

    /// <summary>The agent as the bot has it; one that failed before is not known to it.</summary>
    internal abstract IAgent Agent(string? key = FakeAgentServer.Key);

    /// <summary>A real agent notices that its model broke off, and says that it failed; a stand-in breaks off itself.</summary>
    protected virtual AgentFailure WhenItDies => AgentFailure.Failed;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = LongestTest)]
    public async Task The_runbooks_it_finds_come_in_its_order_with_evidence_and_values()
    {
        Script.Answers = _ => """
            {"version":1,"runbooks":[
              {"id":"shared_drive_access","confidence":0.9,"evidence":"finance drive","values":[{"name":"drive","value":"finance","evidence":"finance drive"},{"name":"until","value":"Friday","evidence":"until Friday"}]},
              {"id":"account_locked","confidence":0.4,"evidence":"unlock","values":[]}]}
            """;

        var found = await Agent().RetrieveInstructionsAsync(Asked(), Stop);

        Assert.Equal(["shared_drive_access 0.9 finance drive", "account_locked 0.4 unlock"], found.Select(p => $"{p.RunbookId} {p.Confidence} {p.Evidence}"));
        Assert.Equal([new("drive", "finance", "finance drive"), new("until", "Friday", "until Friday")], found[0].Values);
        Assert.Equal("shared_drive_access", ProposalCheck.Check(found[0], [Locked, Drive], Wish, "x")!.RunbookId);
    }

    [Fact(Timeout = LongestTest)]
    public async Task The_wishes_of_a_message_come_with_what_must_be_done_first()
    {
        Script.Answers = _ => """
            {"version":1,"wishes":[
              {"text":"unlock my account","after":[],"runbook":{"id":"account_locked","confidence":1,"evidence":"unlock my account","values":[]}},
              {"text":"give me the finance drive","after":[0],"runbook":null}]}
            """;

        var wishes = await Agent().DecomposeTaskAsync(Asked(), Stop);

        Assert.Equal(["unlock my account", "give me the finance drive"], wishes.Select(w => w.Text));
        Assert.Equal([0], wishes[1].After);
        Assert.Equal("account_locked", wishes[0].Proposal!.RunbookId);
        Assert.Null(wishes[1].Proposal);
        Assert.NotNull(ProposalCheck.Check(wishes, [Locked, Drive], Wish, "x"));
    }

    [Theory(Timeout = LongestTest)]
    [InlineData("""{"version":1,"runbook":{"id":"shared_drive_access","confidence":0.8,"evidence":"drive","values":[]}}""", "shared_drive_access")]
    [InlineData("```json\n{\"runbook\":{\"id\":\"shared_drive_access\",\"confidence\":0.8,\"evidence\":\"drive\"}}\n```", "shared_drive_access")]
    [InlineData("""{"version":1,"runbook":null}""", null)]
    public async Task It_proposes_a_runbook_or_none(string answer, string? expected)
    {
        Script.Answers = _ => answer;

        Assert.Equal(expected, (await Agent().ProposePlanAsync(Asked(), Stop))?.RunbookId);
    }

    [Fact(Timeout = LongestTest)]
    public async Task It_is_told_the_words_without_secrets_and_the_runbooks_without_accounts_and_nothing_else()
    {
        await Agent().ProposePlanAsync(Asked("my password is hunter2, unlock it") with { Earlier = [PromptText.Of("hello, pin: 1234")], Asking = "system" }, Stop);

        var told = Assert.Single(Script.Tasks);
        Assert.Equal(["answer", "asking", "earlier", "language", "runbooks", "task", "text", "version"], told.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Equal("propose", told.GetProperty("task").GetString());
        Assert.Equal("my password is [removed] unlock it", told.GetProperty("text").GetString());
        Assert.Equal("hello, pin: [removed]", told.GetProperty("earlier")[0].GetString());
        Assert.Equal("system", told.GetProperty("asking").GetString());
        Assert.Equal(["account_locked:system", "shared_drive_access:drive", "shared_drive_access:until"], told.GetProperty("runbooks").EnumerateArray()
            .SelectMany(r => r.GetProperty("parameters").EnumerateArray().Select(p => $"{r.GetProperty("id")}:{p.GetProperty("name")}")));
        Assert.DoesNotContain("nobody-else", told.GetRawText(), StringComparison.Ordinal);
    }

    [Fact(Timeout = LongestTest)]
    public async Task Lies_come_as_they_were_said_and_nothing_of_them_is_believed()
    {
        Script.Answers = _ => """
            {"version":1,"runbooks":[
              {"id":"aws_reboot_everything","confidence":1,"evidence":"unlock my account","values":[]},
              {"id":"shared_drive_access","confidence":1,"evidence":"drive","values":[{"name":"drive","value":"payroll","evidence":"the payroll drive"},{"name":"owner","value":"finance","evidence":"finance"}]}]}
            """;

        var found = await Agent().RetrieveInstructionsAsync(Asked(), Stop);

        Assert.Null(ProposalCheck.Check(found[0], [Locked, Drive], Wish, "x"));
        Assert.Empty(ProposalCheck.Check(found[1], [Locked, Drive], Wish, "x")!.Values);
    }

    [Fact(Timeout = LongestTest)]
    public async Task Operations_targets_and_tools_that_it_names_are_passed_over()
    {
        Script.Answers = _ => """
            {"version":1,"operation":"aws.ec2.reboot","tool_calls":[{"name":"shell","arguments":{"line":"rm -rf /"}}],
             "runbook":{"id":"account_locked","operation":"account.reset-password","target":"nobody-else","steps":[{"run":"script.run"}],"confidence":0.7,"evidence":"unlock","values":[]}}
            """;

        var proposal = await Agent().ProposePlanAsync(Asked(), Stop);

        Assert.Equal(("account_locked", 0.7, "unlock"), (proposal!.RunbookId, proposal.Confidence, proposal.Evidence));
        Assert.Empty(proposal.Values);
    }

    [Theory(Timeout = LongestTest)]
    [InlineData("Certainly! Here is the plan you asked for.")]
    [InlineData("""{"version":1,"runbooks":"none"}""")]
    public async Task What_is_no_answer_is_nonsense(string answer)
    {
        Script.Answers = _ => answer;

        await FailsAsync(AgentFailure.Nonsense, Agent());
    }

    [Fact(Timeout = LongestTest)]
    public async Task Garbage_is_nonsense()
    {
        Script.Trouble = AgentTrouble.Garbage;

        await FailsAsync(AgentFailure.Nonsense, Agent());
    }

    [Fact(Timeout = LongestTest)]
    public async Task Megabytes_are_not_read()
    {
        Script.Trouble = AgentTrouble.Huge;

        await FailsAsync(AgentFailure.TooBig, Agent());
    }

    [Fact(Timeout = LongestTest)]
    public async Task One_that_never_answers_is_waited_for_until_the_time_is_up()
    {
        Script.Trouble = AgentTrouble.Hangs;

        var failing = FailsAsync(AgentFailure.TimedOut, Agent());
        await Script.WhenAskedAsync(Stop);
        Assert.False(failing.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(9));

        await failing;
    }

    [Fact(Timeout = LongestTest)]
    public async Task One_that_breaks_off_in_the_middle_is_a_failure_and_no_other_exception()
    {
        Script.Trouble = AgentTrouble.Dies;

        await FailsAsync(WhenItDies, Agent());
    }

    [Fact(Timeout = LongestTest)]
    public async Task One_that_says_that_it_failed_is_believed_although_it_says_so_with_a_success_of_HTTP()
    {
        Script.Trouble = AgentTrouble.Fails;

        await FailsAsync(AgentFailure.Failed, Agent());
    }

    [Theory(Timeout = LongestTest)]
    [InlineData("another-key")]
    [InlineData(null)]
    public async Task With_a_wrong_key_or_none_it_refuses_and_sees_no_task(string? key)
    {
        await FailsAsync(AgentFailure.Refused, Agent(key));

        Assert.Empty(Script.Tasks);
    }

    [Fact(Timeout = LongestTest)]
    public async Task One_that_refuses_again_and_again_is_left_alone_for_a_while_and_then_asked_again()
    {
        var agent = Agent("another-key");
        for (var i = 0; i < 3; i++)
            await FailsAsync(AgentFailure.Refused, agent);

        await FailsAsync(AgentFailure.Away, agent);

        Time.Advance(TimeSpan.FromSeconds(31));
        await FailsAsync(AgentFailure.Refused, agent);
    }

    [Fact(Timeout = LongestTest)]
    public async Task One_that_fails_at_some_messages_is_asked_about_others()
    {
        var agent = Agent();
        Script.Trouble = AgentTrouble.Fails;
        for (var i = 0; i < 3; i++)
            await FailsAsync(AgentFailure.Failed, agent);

        Script.Trouble = AgentTrouble.None;
        Assert.Empty(await agent.RetrieveInstructionsAsync(Asked(), Stop));
    }

    [Fact(Timeout = LongestTest)]
    public async Task Who_stops_asking_is_not_told_that_the_agent_failed()
    {
        Script.Trouble = AgentTrouble.Hangs;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var asking = Agent().RetrieveInstructionsAsync(Asked(), stopping.Token);
        await Script.WhenAskedAsync(Stop);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    internal static AgentTask Asked(string text = Wish) => new(PromptText.Of(text), "en", [Locked, Drive])
    {
        Requester = new PersonId("nobody-else"),
        Thread = "00112233445566778899aabbccddeeff",
    };

    internal static async Task FailsAsync(AgentFailure expected, IAgent agent)
    {
        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => agent.RetrieveInstructionsAsync(Asked(), Stop));

        Assert.Equal((expected, failed.Message), (failed.Failure, failed.Message));
        Assert.DoesNotContain(FakeAgentServer.Key, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("finance", failed.Message, StringComparison.Ordinal);
    }
}

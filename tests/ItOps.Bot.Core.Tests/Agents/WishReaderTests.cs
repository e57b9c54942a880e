using ItOps.Bot.Agents;
using ItOps.Bot.Assurance;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Knowledge;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Core.Tests.Agents;

/// <summary>What becomes of an agent's answer beside what the rules found, and who is asked at all.</summary>
public sealed class WishReaderTests
{
    private const string Two = "unlock my account and also my printer is dead";

    private readonly DialogTurn _turn = new(
        new(new ConversationId("terminal", "1")),
        new(new(new("P1"), "Alice", "Alice", "", null, null, []), new("terminal", "t", "alice"), new(AssuranceMethod.Terminal, DateTimeOffset.UnixEpoch)),
        new FakeTimeProvider());

    private readonly Scripted _agent = new(AgentFrameworks.BuiltIn);

    [Fact]
    public async Task An_agent_that_leaves_out_what_the_rules_found_is_of_no_use_and_not_called_away()
    {
        _agent.Wishes = [new("unlock my account", [], Proposal("unlock", 1, "unlock my account"))];

        var several = Assert.IsType<FoundSeveral>(await ReadAsync(Two, "unlock my account", "my printer is dead"));

        Assert.Equal(["unlock my account", "my printer is dead"], several.Wishes.Select(w => w.Text));
        Assert.All(_turn.Memory.Parts, p => Assert.Equal((Two, null), (p.Said, p.By)));
        Assert.Null(_turn.Memory.WithoutAgent);
    }

    [Fact]
    public async Task A_part_that_nothing_is_found_for_need_not_be_a_wish()
    {
        _agent.Wishes = [new("unlock my account", [], Proposal("unlock", 1, "unlock my account"))];

        var found = Assert.IsType<Found>(await ReadAsync("unlock my account and also what a day", "unlock my account", "what a day"));

        Assert.Equal((RetrievalVerdict.Match, "unlock"), (found.Verdict, found.RunbookIds[0]));
    }

    [Fact]
    public async Task What_an_agent_cut_out_is_known_with_its_message_and_who_cut_it()
    {
        _agent.Wishes = [new("unlock my account", [], null), new("PRINTER is dead", [], Proposal("print", 0.9, "dead"))];

        var several = Assert.IsType<FoundSeveral>(await ReadAsync(Two, "unlock my account", "my printer is dead"));

        Assert.Equal("printer is dead", several.Wishes[1].Text);
        Assert.Equal(new MessagePart("printer is dead", Two, AgentFrameworks.BuiltIn), _turn.Memory.PartOf("printer is dead"));
        Assert.Null(_turn.Memory.Hearing("printer is dead").PartOf("printer is dead"));
    }

    [Theory]
    [InlineData(0.79, RetrievalVerdict.NearTie)]
    [InlineData(0.8, RetrievalVerdict.Match)]
    public async Task A_wish_of_several_that_the_rules_find_nothing_for_wants_the_same_confidence_as_one_alone(double confidence, RetrievalVerdict verdict)
    {
        _agent.Wishes = [new("unlock my account", [], null), new("also my", [], Proposal("print", confidence, "printer"))];
        var several = Assert.IsType<FoundSeveral>(await ReadAsync(Two, "unlock my account", "my printer is dead"));

        var taken = Assert.IsType<Found>(await Reader().ReadAsync(
            _turn, new("also my", Leaning: false, MayBeSeveral: false) { Suggested = several.Wishes[1].Suggested }, TestContext.Current.CancellationToken));

        Assert.Equal((verdict, "print"), (taken.Verdict, Assert.Single(taken.RunbookIds)));
    }

    [Theory]
    [InlineData(0.3, "unlock")]
    [InlineData(0.6, "print")]
    public async Task An_agent_that_is_not_sure_takes_nothing_from_rules_that_are(double confidence, string runbook)
    {
        const string message = "hello there dear colleagues of mine could you please unlock my account for me to print today";
        _agent.Wishes = [new(message, [], Proposal("print", confidence, "account"))];

        var found = Assert.IsType<Found>(await ReadAsync(message));

        Assert.Equal((RetrievalVerdict.Match, runbook), (found.Verdict, found.RunbookIds[0]));
    }

    [Fact]
    public async Task Evidence_that_nobody_said_is_not_believed_of_a_wish_among_several()
    {
        _agent.Wishes = [new("unlock my account", [], Proposal("print", 1, "printer in the cellar")), new("printer is dead", [], null)];

        Assert.All(Assert.IsType<FoundSeveral>(await ReadAsync(Two, "unlock my account", "my printer is dead")).Wishes, w => Assert.Null(w.Suggested));
    }

    [Fact]
    public async Task More_than_is_taken_from_one_message_is_named_and_no_agent_may_leave_it_out()
    {
        var parts = Enumerable.Range(1, 20).Select(n => $"unlock account{n}").ToArray();
        _agent.Wishes = [.. parts.Take(8).Select(p => new AgentWish(p, [], null))];

        var several = Assert.IsType<FoundSeveral>(await ReadAsync(string.Join(" and ", parts), parts));

        Assert.Equal((8, 12, 0), (several.Wishes.Count, several.Left.Count, _agent.Asked));
        Assert.Equal(parts, several.Wishes.Select(w => w.Text).Concat(several.Left));
    }

    [Fact]
    public async Task An_agent_for_one_runbook_alone_is_asked_about_that_one_and_about_no_other()
    {
        var langGraph = new Scripted(AgentFrameworks.LangGraph) { Wishes = [new("x", [], Proposal("print", 1, "toner"))] };
        var reader = Reader(new Settings { Runbooks = { ["print"] = AgentFrameworks.LangGraph } }, langGraph);

        await reader.ReadAsync(_turn, new("unlock my account", Leaning: false, MayBeSeveral: false), TestContext.Current.CancellationToken);
        Assert.Equal((0, null), (langGraph.Asked, _turn.Memory.Suggested));

        await reader.ReadAsync(_turn, new("printer toner", Leaning: false, MayBeSeveral: false), TestContext.Current.CancellationToken);
        Assert.Equal((1, "print"), (langGraph.Asked, _turn.Memory.Suggested?.RunbookId));
    }

    private Task<DialogTrigger> ReadAsync(string text, params string[] parts) =>
        Reader(parts: parts).ReadAsync(_turn, new(text, Leaning: false, MayBeSeveral: true), TestContext.Current.CancellationToken);

    private WishReader Reader(Settings? settings = null, Scripted? agent = null, params string[] parts) => new(
        new ByWord(),
        new Split(parts),
        new AgentSwitch([agent ?? _agent], settings ?? new(), TimeProvider.System, NullLogger<AgentSwitch>.Instance),
        new([Runbook("unlock"), Runbook("print")], []));

    private static AgentProposal Proposal(string runbook, double confidence, string evidence) => new(runbook, confidence, evidence, []);

    private static Runbook Runbook(string id) => new(id, 1, id) { Category = "x", Summary = id, Source = id + ".md", Utterances = [id] };

    /// <summary>Finds what the text names.</summary>
    private sealed class ByWord : IRetriever
    {
        public Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken)
        {
            List<RetrievedRunbook> ranked = [.. ((string[])["unlock", "print"]).Where(id => text.Contains(id, StringComparison.Ordinal)).Select(id => new RetrievedRunbook(id, 0.9))];
            return Task.FromResult(new Retrieval(ranked.Count > 0 ? RetrievalVerdict.Match : RetrievalVerdict.Nothing, ranked, "test"));
        }
    }

    private sealed class Split(string[] parts) : IDecomposer
    {
        public Task<IReadOnlyList<Wish>> DecomposeAsync(string text, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Wish>>(parts.Length > 0 ? [.. parts.Select(p => new Wish(p))] : [new(text)]);
    }

    private sealed class Scripted(string framework) : IAgent
    {
        public string Framework => framework;

        public IReadOnlyList<AgentWish> Wishes { get; set; } = [];

        public int Asked { get; private set; }

        public Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult<IReadOnlyList<AgentProposal>>([.. Wishes.Select(w => w.Proposal).OfType<AgentProposal>()]);
        }

        public Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Wishes);
        }

        public Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) => Task.FromResult<AgentProposal?>(null);
    }

    private sealed class Settings : IAgentSettings
    {
        public Dictionary<string, string> Runbooks { get; } = [];

        public string Framework => AgentFrameworks.BuiltIn;

        public bool AskAlways => Runbooks.Count > 0;

        public string? FrameworkOf(string runbookId) => Runbooks.GetValueOrDefault(runbookId);
    }
}

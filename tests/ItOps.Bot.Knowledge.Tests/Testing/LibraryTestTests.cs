using System.Text;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Testing;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Testing;

/// <summary>A small kitchen of three runbooks, each of which is asked for in its own words.</summary>
public sealed class LibraryTestTests
{
    private const string Coffee = "the coffee machine is out of beans|no coffee comes out|please refill the coffee machine|the espresso machine blinks red|der Kaffeeautomat ist leer";
    private const string Dishes = "the dishwasher leaks water|dishes are still dirty after washing|the dishwasher does not start|plates come out wet|die Spülmaschine läuft aus";
    private const string Fridge = "the fridge is warm|milk went sour in the fridge|the fridge door does not close|the freezer is full of ice|der Kühlschrank kühlt nicht";

    private static readonly OperationDescriptor Unlock = new(
        "account.unlock", "Unlock", OperationEffect.Changes, ReplayClass.Probe, new CardRisk(RiskLevel.Low, "reversible"), [new OperationArgument("account", ArgumentKind.Account, "whose")]);

    private readonly Rehearsed _rehearsal = new();

    [Fact]
    public async Task Tests_that_hold_are_no_problem_and_are_counted()
    {
        var report = await RunAsync("""
            finds:
              - espresso does not come out
            ignores:
              - the fridge is too cold
            slots:
              - text: the coffee machine DESKTOP-9QK2L is broken
                is: { machine: DESKTOP-9QK2L }
              - text: the coffee machine DESKTOP-9QK2L is broken
                is: { device: DESKTOP-9QK2L }
            plans:
              - as: alice
                says: no coffee
                answers: { machine: that one }
                steps: [account.unlock]
            """);

        Assert.Empty(report.Problems);
        Assert.Equal(5, report.Cases);
        Assert.Equal(["coffee", "dishes", "fridge"], report.Runbooks.Select(r => r.Id));
        Assert.Equal(["no coffee"], _rehearsal.Said);
        Assert.InRange(report.Runbooks.Sum(r => r.LeftOut.Found), 1, 15);
        Assert.Equal(15, report.Runbooks.Sum(r => r.LeftOut.All));
    }

    [Theory]
    [InlineData("finds: [the fridge hums]\nignores: [x]\n", 1, "is answered with 'fridge', and must find 'coffee'")]
    [InlineData("finds: [what is the capital of Peru]\nignores: [x]\n", 1, "is answered with 'that is nothing I do', and must find 'coffee'")]
    [InlineData("finds:\n  - no coffee comes out\nignores: [x]\n", 2, "is one of its utterances")]
    [InlineData("finds: [espresso does not come out]\nignores:\n  - hi\n  - the espresso machine is broken\n", 4, "is answered with 'coffee', and must not find 'coffee'")]
    [InlineData("finds: [espresso does not come out]\n", 1, "none under 'ignores'")]
    [InlineData("finds: [espresso does not come out]\nignores: [x]\nslots:\n  - text: the coffee machine is broken\n    is: { machine: DESKTOP-9QK2L }\n", 4, "gives nothing for 'machine', and must give 'DESKTOP-9QK2L'")]
    [InlineData("finds: [espresso does not come out]\nignores: [x]\nslots:\n  - text: a\n    is: { machin: b }\n", 4, "'machin'; did you mean 'machine'?")]
    [InlineData("finds: [espresso does not come out]\nignores: [x]\nplans:\n  - as: alice\n    says: a\n    answers: { machin: b }\n    steps: []\n", 4, "there is no parameter 'machin' to answer; did you mean 'machine'?")]
    [InlineData("finds: [espresso does not come out]\nignores: [x]\nplans:\n  - as: alice\n    says: a\n    steps: [account.unlok]\n", 4, "there is no operation 'account.unlok'; did you mean 'account.unlock'?")]
    [InlineData("finds: [espresso does not come out]\nignores: [x]\nplans:\n  - as: mallory\n    says: a\n    steps: []\n", 4, "nobody is called 'mallory'")]
    public async Task A_test_that_does_not_hold_is_named_with_its_line(string tests, int line, string reason)
    {
        var problem = Assert.Single((await RunAsync(tests)).Problems);

        Assert.Equal(("kitchen/coffee/tests.yaml", line), (problem.File, problem.Line));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_another_runbook_would_be_found_by_names_the_thief_and_the_text()
    {
        var squeaks = Source(
            "squeaks", "the fridge door squeaks and does not close right|hinges of the fridge squeak|the door squeaks|squeaking door of the fridge|die Tür quietscht", null,
            "finds:\n  - the fridge door does not close\nignores: [x]\n");

        var problems = (await RunAsync(null, squeaks)).Problems;

        Assert.Contains(problems, p => p.File == "kitchen/squeaks/tests.yaml" && p.Message.StartsWith("'the fridge door does not close' is answered with 'fridge'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == "kitchen/fridge.md" && p.Message.StartsWith("'fridge' steals from 'squeaks': 'the fridge door does not close'", StringComparison.Ordinal));
        Assert.Equal(2, problems.Count);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_tested_against_all_others()
    {
        var report = await RunAsync("finds: [the fridge hums]\nignores: [x]\n", only: "dishes");

        Assert.Empty(report.Problems);
        Assert.Equal(["dishes"], report.Runbooks.Select(r => r.Id));
    }

    private readonly List<RunbookTests> _tests = [];

    private Task<TestReport> RunAsync(string? tests, params RunbookSource[] more) => RunAsync(tests, null, more);

    private Task<TestReport> RunAsync(string? tests, string? only, params RunbookSource[] more)
    {
        RunbookSource[] sources = [Source("coffee", Coffee, null, tests), Source("dishes", Dishes, null), Source("fridge", Fridge, null), .. more];
        return new LibraryTest(sources, _tests, new SlotReader(), [Unlock], _rehearsal).RunAsync(only is null ? null : new HashSet<string> { only }, TestContext.Current.CancellationToken);
    }

    private RunbookSource Source(string id, string utterances, string? synonyms, string? tests = null)
    {
        var (source, problems) = RunbookReader.Read($"kitchen/{id}.md", Encoding.UTF8.GetBytes($$"""
            ---
            id: {{id}}
            version: 1
            title: About the {{id}}
            summary: About the {{id}}
            utterances:
            {{string.Join('\n', utterances.Split('|').Select(u => $"  - {u}"))}}
            {{(synonyms is null ? "" : $"synonyms:\n{synonyms}")}}
            parameters:
              - { name: machine, kind: device, ask: Which machine?, slot: device, required: false }
            steps:
              - guide: Look at it.
            done: Done.
            ---
            """), new HashSet<string>());
        Assert.Empty(problems);
        if (tests is not null)
        {
            var (read, wrong) = RunbookTestsReader.Read($"kitchen/{id}/tests.yaml", Encoding.UTF8.GetBytes(tests));
            Assert.Empty(wrong);
            _tests.Add(read!);
        }

        return source!;
    }

    private sealed class Rehearsed : IPlanRehearsal
    {
        public List<string> Said { get; } = [];

        public Task<string?> RehearseAsync(Runbook runbook, PlanCase plan, CancellationToken cancellationToken)
        {
            Said.Add(plan.Says);
            return Task.FromResult(plan.As == "alice" ? null : $"nobody is called '{plan.As}' in the sandbox");
        }
    }
}

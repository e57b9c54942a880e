using System.Text.Json;
using ItOps.Bot.Assurance;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Core.Tests.Dialogs;

/// <summary>Every state meets every trigger.</summary>
public sealed class DialogStateMachineTests
{
    private static readonly ParameterValue Value = new("directory/D1", "alice", Provenance.Said);
    private static readonly Dictionary<string, ParameterValue> Filled = new() { ["account"] = Value };
    private static readonly PreparedPlan Plan = new(new("unlock", 1, 1, []), [], "Unlock alice", "im locked out");

    private static readonly CodeChallenge Challenge = new(new Secret<string>("12345678"), "teams", DateTimeOffset.UnixEpoch, 3);

    private static readonly DialogState[] States =
    [
        new Idle(), new Choosing("x", ["unlock", "slow"]), new Choosing("x", ["unlock"]), new Collecting("unlock", "x", Filled, "account"),
        new Collecting("unlock", "x", Filled, "account") { Misses = 2 }, new Collecting("gone", "x", Filled, "account"), new AwaitingConfirmation("r", "a", "slow", 0),
        new Proving("unlock", "x", Filled), new AwaitingCode("unlock", "x", Filled, Challenge),
        new AwaitingApproval("r"), new AwaitingApproval("r") { Question = new("a", "q") }, new AwaitingApproval("r") { AsksToGoOn = true }, new Running("r"), new Guiding("r", "slow", 1),
        new Guiding("r", "slow", 2) { Failures = 2, Findings = ["disk"] }, new Guiding("r", "gone", 9), new Guiding("r", "slow", 3) { WantsPaste = true, Platform = "windows", Version = 1 }, new CheckingOutcome("r"), new HandedOff("r"), new HandedOff("r") { Confirming = true }, new HandedOff("r") { Then = new Idle() },
    ];

    private static readonly DialogTrigger[] Triggers =
    [
        new Asked("x"), new Asked("x", Leaning: true), new Corrected("x"), new Answered("x"), new AskedAgain("unlock", "person", "bob", Filled), new Picked("unlock", "x"), new Picked("gone", ""),
        new Supplied("account", Value), new Supplied("other", Value), new SaidOrdinal(1), new SaidOrdinal(-1), new SaidOrdinal(99), new SaidYes(), new SaidNo(),
        new StepAnswered("r", 1, Worked: true), new StepAnswered("r", 1, Worked: false), new StepAnswered("r", 2, Worked: false), new StepAnswered("r", 2, Worked: false) { Skipped = true }, new StepAnswered("other", 1, Worked: true),
        new Helped("r", Yes: true), new Helped("r", Yes: false), new Helped("other", Yes: true), new AskedCancel(), new AskedCancel { All = true }, new AskedCancel { All = true, Group = "g" }, new CancelPicked("r"), new WentOn("r", Yes: true), new WentOn("r", Yes: false), new WentOn("other", Yes: true), new TookHandOff("r"), new SentInstead("r", "x"), new AskedStartOver(), new AskedStatus(), new AskedHelp(),
        new AskedHuman(), new AskedToTell(new("P2"), "unlock", Manager: true), new TookQuestion("r", new("a", "q")), new AskedUndo(), new Greeted(), new Thanked(), new SaidNothing(), new TappedClosed(),
        new Found("x", Leaning: false, RetrievalVerdict.Match, ["unlock"]), new Found("x", Leaning: false, RetrievalVerdict.Vague, []),
        .. Enum.GetValues<RetrievalVerdict>().Where(v => v != RetrievalVerdict.Match).Select(v => new Found("x", Leaning: true, v, ["unlock", "slow"])),
        new FoundSeveral([new("x"), new("y")]), new FoundSeveral([new("x"), new("y") { After = [0, 0, 5, -1] }]) { Group = "g" }, new ParameterMissing("unlock", "x", Filled, "account", [new(Value, "locked")]), new ParameterMissing("gone", "x", Filled, "what", []),
        new AnswerUnusable("x", null), new AnswerUnusable("x", new(ProblemCode.UnknownPerson, "nobody")), new PlanReady(Plan), new NothingToDo("unlock", _ => "It is not locked."),
        new NothingToDo("gone", _ => ""), new GuideReady("slow", "x", Filled), .. Enum.GetValues<ProblemCode>().Select(c => new Refused(new(c, "why"), "unlock", "x")), new Refused(new(ProblemCode.NotYours, ""), null, null),
        new ProofNeeded("unlock", "x", Filled, [new(Proof.Code, "teams"), new(Proof.Manager, "Mona Meyer"), new(Proof.InPerson, "")]), new ProofChosen(Proof.Code, "teams"), new ProofChosen(Proof.Manager, "Mona Meyer"),
        new CodeSent("unlock", "x", Filled, Challenge), new CodeRead(), new CodeWrong(Challenge with { TriesLeft = 1 }),
        new Submitted("r"), new GuideOpened(new("r", "slow", 0)), new GuideOpened(new("r", "gone", 0)), new CheckProposed(new("r", "slow", 0), "a"), new StepImpossible(new("r", "slow", 0)), new PasteRead(new("r", "slow", 3)), new HandOffOpened("r"),
        .. Enum.GetValues<RequestEvent>().SelectMany(e => new[] { Moved("r", e), Moved("other", e) }),
    ];

    /// <summary>What is said by somebody else: the move that led here has told the person already.</summary>
    private static readonly Type[] Silent = [typeof(Submitted), typeof(CheckProposed), typeof(HandOffOpened)];

    private static readonly Runbook[] Runbooks =
    [
        new("unlock", 1, "Unlock an account")
        {
            Category = "access", Summary = "Unlock", Source = "access/unlock.md", Otherwise = ["slow", "gone"],
            Parameters = [new("account", ParameterKind.Account, "Which account?")], Steps = [new RunStep("account.unlock", new Dictionary<string, string>())],
        },
        new("slow", 1, "Make it faster")
        {
            Category = "performance", Summary = "Faster", Source = "performance/slow.md",
            Steps = [new DiagnoseStep("scripts/slow.sh", "Look"), new GuideStep("Restart.", null, []), new GuideStep("Empty the bin.", null, ["disk"]), new PasteStep("Paste it.") { Read = [new("x") { Fact = "x" }] }, new HandOffStep("Look closer.")],
        },
    ];

    private readonly DialogStateMachine _machine = new(new RunbookCatalog(Runbooks, []));

    [Fact]
    public void The_samples_cover_every_state_and_every_trigger()
    {
        Assert.Equal(Concrete<DialogState>(), States.Select(s => s.GetType()).ToHashSet());
        Assert.Equal(Concrete<DialogTrigger>(), Triggers.Select(t => t.GetType()).ToHashSet());
    }

    [Fact]
    public void Every_pair_has_an_answer_that_ends_in_a_legal_state()
    {
        foreach (var (state, trigger) in Pairs())
        {
            var next = _machine.Next(state, trigger);
            Assert.True(IsLegal(next.State), $"{state} on {trigger} ends in {next.State}");
            Assert.All(next.Effects.OfType<Say>(), say => Assert.NotNull(say.Text(Words.English)));
            Assert.All(next.Effects.OfType<Say>().SelectMany(s => s.Options), o => Assert.NotEmpty(o.Label(Words.English)));
        }
    }

    [Fact]
    public void Nothing_a_person_does_and_nothing_that_happens_is_met_with_silence()
    {
        var silent = Pairs().Where(p => _machine.Next(p.State, p.Trigger).Effects.Count == 0).Select(p => p.Trigger.GetType()).ToHashSet();

        Assert.Equal(Silent.ToHashSet(), silent);
    }

    [Fact]
    public void The_same_state_and_trigger_always_give_the_same_transition()
    {
        foreach (var (state, trigger) in Pairs())
            Assert.Equal(Print(_machine.Next(state, trigger)), Print(_machine.Next(state, trigger)));
    }

    [Fact]
    public void A_wish_that_waits_is_kept_or_has_its_turn()
    {
        foreach (var (state, trigger) in Pairs().Where(p => p.Trigger is not Corrected and not AskedStartOver and not AskedCancel { All: true }))
        {
            var next = _machine.Next(state with { Waiting = [new("the vpn"), new("the printer")] }, trigger);
            var begun = next.Effects.OfType<Retrieve>().Select(r => r.Text);
            Assert.True(next.State.Waiting.Select(w => w.Text).Concat(begun).Intersect(["the vpn", "the printer"]).Count() == 2, $"{state} on {trigger} keeps {string.Join(", ", next.State.Waiting.Select(w => w.Text))}");
        }
    }

    [Fact]
    public void What_a_message_asked_for_with_others_keeps_its_place_until_it_is_submitted()
    {
        var several = _machine.Next(new Idle(), new FoundSeveral([new("a"), new("b") { After = [0] }, new("c") { After = [1, 1, 7] }]) { Group = "g" });
        Assert.Equal((1, 3), (several.State.Taking!.Number, several.State.Taking.Of));

        var asking = _machine.Next(several.State, new ParameterMissing("unlock", "a", Filled, "account", []));
        Assert.Equal(1, asking.State.Taking!.Number);
        var submitting = _machine.Next(asking.State, new PlanReady(Plan));
        Assert.Equal(1, Assert.IsType<Submit>(Assert.Single(submitting.Effects)).Taking!.Number);

        var next = _machine.Next(submitting.State, new Submitted("r"));
        Assert.Equal((2, "b"), (next.State.Taking!.Number, Assert.Single(next.Effects.OfType<Retrieve>()).Text));
        Assert.Equal([1], next.State.Taking.After);

        // The second comes to nothing, and the third still knows that it was to come after it.
        var last = _machine.Next(next.State, new Refused(new(ProblemCode.NoSuchGroup, ""), "unlock", null));
        Assert.Equal(3, last.State.Taking!.Number);
        Assert.Equal([2], last.State.Taking.After);
        Assert.Null(_machine.Next(last.State, new Submitted("r3")).State.Taking);
    }

    [Fact]
    public void What_interrupts_a_wish_gives_its_place_to_none_of_those_that_wait()
    {
        var collecting = new Collecting("unlock", "x", Filled, "account") { Waiting = [new("the vpn")], Taking = new("g", 2, 3) };
        foreach (DialogTrigger interruption in new DialogTrigger[] { new TookQuestion("r", new("a", "q")), new TookHandOff("r") })
        {
            var interrupted = _machine.Next(collecting, interruption);
            Assert.DoesNotContain(interrupted.Effects, e => e is Retrieve);
            Assert.Equal(Print(collecting), Print(_machine.Next(interrupted.State, new Answered("because")).State));
        }
    }

    [Fact]
    public void What_is_as_wished_already_is_not_waited_for()
    {
        var several = _machine.Next(new Idle(), new FoundSeveral([new("a"), new("b") { After = [0] }]) { Group = "g" });

        Assert.Empty(_machine.Next(several.State, new NothingToDo("unlock", _ => "")).State.Taking!.After);
    }

    [Fact]
    public void Another_wish_is_none_of_those_of_the_message_before_and_one_said_instead_takes_its_place()
    {
        var place = new Taking("g", 2, 3);

        Assert.Null(_machine.Next(new Guiding("r", "slow", 1) { Taking = place }, new Asked("x")).State.Taking);
        Assert.Equal(place, _machine.Next(new Choosing("x", ["unlock", "slow"]) { Taking = place }, new Asked("y")).State.Taking);
    }

    [Fact]
    public void Cancelling_all_takes_up_nothing_more()
    {
        foreach (var state in States)
        {
            var next = _machine.Next(state with { Waiting = [new("the vpn")], Taking = new("g", 1, 2) }, new AskedCancel { All = true });
            Assert.Empty(next.State.Waiting);
            Assert.DoesNotContain(next.Effects, e => e is Retrieve);
            Assert.Contains(next.Effects, e => e is CancelAll { Group: "g" });
        }
    }

    [Fact]
    public void Cancelling_all_of_what_was_asked_for_alone_touches_no_request_and_an_offered_message_is_cancelled_beside_what_is_asked()
    {
        foreach (var state in States.Where(s => s is Choosing or Collecting or Proving or AwaitingCode))
        {
            Assert.IsType<Say>(Assert.Single(_machine.Next(state, new AskedCancel { All = true }).Effects));
            var other = _machine.Next(state with { Waiting = [new("the vpn")] }, new AskedCancel { All = true, Group = "g" });
            Assert.Equal(new CancelAll { Group = "g" }, Assert.Single(other.Effects));
            Assert.Equal((state.GetType(), 1), (other.State.GetType(), other.State.Waiting.Count));
        }
    }

    [Fact]
    public void Only_a_yes_to_that_question_goes_on_without_what_was_to_come_first()
    {
        foreach (var (state, trigger) in Pairs())
        {
            var goesOn = _machine.Next(state, trigger).Effects.Any(e => e is GoOn);
            Assert.Equal(trigger is WentOn { Yes: true } || (trigger is SaidYes && state is AwaitingApproval { AsksToGoOn: true }), goesOn);
        }
    }

    [Fact]
    public void Only_the_persons_own_yes_lets_a_check_run_and_only_a_plan_is_submitted()
    {
        foreach (var (state, trigger) in Pairs())
        {
            var effects = _machine.Next(state, trigger).Effects;
            Assert.True(!effects.Any(e => e is DecideConsent { Yes: true }) || (state is AwaitingConfirmation && trigger is SaidYes), $"{state} on {trigger}");
            Assert.True(!effects.Any(e => e is Submit) || trigger is PlanReady, $"{state} on {trigger}");
        }
    }

    [Fact]
    public void A_human_can_be_asked_for_and_a_wish_told_in_every_state()
    {
        Assert.All(States, state => Assert.Contains(_machine.Next(state, new AskedHuman()).Effects, e => e is HandOff));
        Assert.All(States, state => Assert.Contains(_machine.Next(state, new Asked("x")).Effects, e => e is Retrieve or Hear));
        Assert.All(States, state => Assert.Contains(_machine.Next(state, new AskedStatus()).Effects, e => e is TellStatus));
    }

    [Fact]
    public void News_of_another_request_leaves_what_is_under_way_alone()
    {
        foreach (var state in States.Where(s => s is not Idle))
        {
            // An approver's question, and whether to go on without what was to come first, ask for an answer, and so may take the floor while others decide.
            foreach (var happened in Enum.GetValues<RequestEvent>().Where(e => e is not RequestEvent.Questioned and not RequestEvent.Stranded))
                Assert.Equal(Print(state), Print(_machine.Next(state, Moved("other", happened)).State));
        }
    }

    private static IEnumerable<(DialogState State, DialogTrigger Trigger)> Pairs() => States.SelectMany(s => Triggers.Select(t => (s, t)));

    private static RequestMoved Moved(string id, RequestEvent happened) =>
        new(id, happened) { At = new(id, "slow", 0) { Findings = ["disk"] }, Question = happened == RequestEvent.Questioned ? new("a", "q") : null };

    private static bool IsLegal(DialogState state) => state switch
    {
        Choosing c => c.Candidates.Count > 0,
        Collecting c => c is { RunbookId.Length: > 0, Asking.Length: > 0, Misses: >= 0 and <= 3 },
        Proving p => p.RunbookId.Length > 0,
        AwaitingCode c => c is { RunbookId.Length: > 0, Challenge.TriesLeft: > 0 },
        Guiding g => g is { RequestId.Length: > 0, RunbookId.Length: > 0, Step: >= 0, Failures: >= 0 and <= 3 },
        AwaitingConfirmation a => a is { RequestId.Length: > 0, ApprovalId.Length: > 0 },
        AwaitingApproval { RequestId.Length: > 0 } or Running { RequestId.Length: > 0 } or CheckingOutcome { RequestId.Length: > 0 } or HandedOff { RequestId.Length: > 0 } or Idle => true,
        _ => false,
    };

    private static string Print(Transition transition) =>
        Print(transition.State) + string.Join('\n', transition.Effects.Select(e => e is Say say
            ? say.Text(Words.English) + string.Join('|', say.Options.Select(o => o.Label(Words.English) + o.Trigger))
            : e.ToString()));

    private static string Print(DialogState state) => JsonSerializer.Serialize(state);

    private static HashSet<Type> Concrete<T>() => [.. typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract)];
}

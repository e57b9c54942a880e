using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Dialogs;

/// <summary>What a dialog does next: the state it goes to and what is to be done on the way.</summary>
public sealed record Transition(DialogState State, IReadOnlyList<DialogEffect> Effects);

/// <summary>
/// The conversation's rules, as a pure function of state, trigger and the catalogue of runbooks: while the same ones are in force, the same state and trigger give
/// the same transition, and a guide keeps to the version that it began with. Every pair of state and trigger has an answer.
/// </summary>
public sealed partial class DialogStateMachine(RunbookCatalog runbooks)
{
    private const int MissesBeforeOfferingAHuman = 2;
    private const int FailuresBeforeHandingOff = 3;

    private static readonly Option TalkToAHuman = new(w => w.TalkToAHuman, new AskedHuman());

    public Transition Next(DialogState state, DialogTrigger trigger)
    {
        var next = Decide(state, trigger);
        if (trigger is not FoundSeveral and not Corrected and not AskedStartOver and not AskedCancel { All: true })
        {
            var taking = Begins(state, trigger) ? null : state.Taking;
            next = next with { State = next.State with { Waiting = trigger is NothingToDo ? Without(state) : state.Waiting, Taking = taking, Named = taking is null ? null : Identified(state, trigger) ?? state.Named } };
        }

        return TakeUpWaiting(next);
    }

    /// <summary>What the person turns to is none of the wishes of the message, unless it takes the place of one that was not settled yet.</summary>
    private static bool Begins(DialogState state, DialogTrigger trigger) =>
        trigger is Asked or AskedAgain or AskedUndo && state is not (Choosing or Collecting or Proving or AwaitingCode);

    /// <summary>Once the answer to who somebody is was understood, it is known for the rest of the message.</summary>
    private static Named? Identified(DialogState state, DialogTrigger trigger) =>
        state is Collecting { Whom: { } whom, Taking: { } taking } asked && ValuesOf(trigger)?.GetValueOrDefault(asked.Asking) is { } person ? new(taking.Group, whom, person) : null;

    private static IReadOnlyDictionary<string, Plans.ParameterValue>? ValuesOf(DialogTrigger trigger) => trigger switch
    {
        ParameterMissing missing => missing.Filled,
        ProofNeeded needed => needed.Filled,
        PlanReady ready => ready.Plan.Parameters,
        GuideReady guide => guide.Values,
        _ => null,
    };

    /// <summary>What is as wished already needs no waiting for.</summary>
    private static IReadOnlyList<Wish> Without(DialogState state) => state.Taking is not { } done
        ? state.Waiting
        : [.. state.Waiting.Select(w => w.Place is { } place && place.Group == done.Group ? w with { Place = place with { After = [.. place.After.Where(n => n != done.Number)] } } : w)];

    /// <summary>Once a wish is settled or in other hands, the next one of the same message has its turn.</summary>
    private static Transition TakeUpWaiting(Transition next)
    {
        var settled = next.State is Idle or AwaitingApproval { Question: null } or HandedOff { Then: null } && !next.Effects.Any(e => e is Retrieve or Prepare or Submit or OpenGuide or HandOff or Hear);
        if (!settled)
            return next;
        if (next.State.Waiting.Count == 0)
            return next with { State = next.State with { Taking = null, Named = null } };
        var wish = next.State.Waiting[0];
        DialogEffect turnTo = wish.Place is null ? new Say(w => w.NowTheOther(wish.Text)) : new TurnTo(wish);
        return new(next.State with { Waiting = [.. next.State.Waiting.Skip(1)], Taking = wish.Place }, [.. next.Effects, turnTo, TakeUp(wish)]);
    }

    /// <summary>The wishes as they are to be taken, each with its place.</summary>
    private static Transition TakeOneByOne(DialogState state, FoundSeveral several)
    {
        var placed = several.Wishes
            .Select((w, i) => w with { Place = new(several.Group, i + 1, several.Wishes.Count) { After = [.. w.After.Where(a => a >= 0 && a < i).Distinct().Select(a => a + 1)] } })
            .ToList();
        return new(
            new Idle { Waiting = [.. placed.Skip(1), .. state.Waiting], Taking = placed[0].Place },
            [new Say(w => w.OneAfterTheOther([.. placed.Select(p => p.Text)], several.Left)), new TurnTo(placed[0]), TakeUp(placed[0])]);
    }

    private static Retrieve TakeUp(Wish wish) => new(wish.Text, Leaning: false, MayBeSeveral: false) { Suggested = wish.Suggested };

    private Transition Decide(DialogState state, DialogTrigger trigger) => trigger switch
    {
        Asked asked when state is HandedOff h => new(h.Then ?? h, [new Hear(h.RequestId, asked.Text, asked.Leaning) { Surely = h.Then is not null }]),
        Asked asked => new(LeaveFor(state), [new Retrieve(asked.Text, asked.Leaning, MayBeSeveral: true)]),
        Corrected corrected => new(new Idle(), [.. DropAloud(state), new Retrieve(corrected.Text, Leaning: true, MayBeSeveral: false)]),
        AskedAgain again => new(LeaveFor(state), [new Prepare(again.RunbookId, again.Who, again.Filled) { Answer = (again.PersonParameter, again.Who) }]),
        Answered answered => Answer(state, answered.Text),
        Picked picked => new(new Idle(), [new Prepare(picked.RunbookId, picked.Text, Nothing)]),
        Supplied supplied => Supply(state, supplied),
        SaidOrdinal said => Ordinal(state, said.Ordinal),
        SaidYes => YesOrNo(state, yes: true),
        SaidNo => YesOrNo(state, yes: false),
        StepAnswered answered => AnswerStep(state, answered),
        Helped helped => helped.Yes
            ? new(After(state, helped.RequestId), [new Resolve(helped.RequestId), new Say(w => w.GladItHelped)])
            : new(After(state, helped.RequestId), [new HandOff(helped.RequestId, HandOffCause.DidNotHelp)]),

        AskedCancel { All: true } all => CancelAll(state, all.Group),
        AskedCancel => new(new Idle(), Cancel(state)),
        CancelPicked picked => new(After(state, picked.RequestId), [new CancelRequest(picked.RequestId)]),
        WentOn went => new(
            went.Yes ? state is AwaitingApproval { AsksToGoOn: true } a && a.RequestId == went.RequestId ? a with { AsksToGoOn = false } : state : After(state, went.RequestId),
            [went.Yes ? new GoOn(went.RequestId) : new CancelRequest(went.RequestId)]),
        AskedStartOver => new(new Idle(), [.. Drop(state), new Say(w => w.StartingOver)]),
        AskedStatus => new(state, [new TellStatus()]),
        AskedHelp => new(state, [new Say(w => w.WhatICanDo(Topics()))]),
        AskedHuman => new(state, [new HandOff(RequestOf(state), HandOffCause.PersonAsked)]),
        AskedToTell tell => new(state, [new TellOther(tell.Person, tell.RunbookId, tell.Manager)]),
        TookQuestion took => new(new AwaitingApproval(took.RequestId) { Question = took.Question, Then = state }, [new Say(w => w.GoAhead)]),
        TookHandOff took => new(new HandedOff(took.RequestId) { Then = state is HandedOff h ? h.Then : state }, [new Say(w => w.GoAhead)]),
        SentInstead sent => new(new HandedOff(sent.RequestId), [new SendInstead(sent.RequestId, sent.Text)]),
        AskedUndo undo => new(state, [new PrepareUndo(undo.RequestId)]),
        Greeted => new(state, [new Say(w => w.Hello)]),
        Thanked => new(state, [new Say(w => w.YoureWelcome)]),
        SaidNothing => new(state, [new Say(w => w.DidNotCatchThat)]),
        TappedClosed => new(state, [new Say(w => w.QuestionIsClosed)]),

        Found found => Choose(state, found),
        FoundSeveral several => TakeOneByOne(state, several),
        ParameterMissing missing => Collect(state, missing),
        AnswerUnusable unusable => Reconsider(state, unusable),
        ProofNeeded needed => new(
            new Proving(needed.RunbookId, needed.Text, needed.Filled),
            [new Say(w => w.ProveItIsYou, [.. needed.Ways.Select(way => new Option(w => w.ProofWay(way.Proof, way.Name), new ProofChosen(way.Proof, way.Name))), TalkToAHuman])]),
        ProofChosen chosen => Prove(state, chosen),
        CodeSent sent => new(new AwaitingCode(sent.RunbookId, sent.Text, sent.Filled, sent.Challenge), [new Say(w => w.CodeIsOnItsWay(Words.Named(sent.Challenge.Through))) { WantsWords = true }]),
        CodeRead when state is AwaitingCode c => new(new Idle(), [new Prepare(c.RunbookId, c.Text, c.Filled)]),
        CodeWrong wrong when state is AwaitingCode c => new(c with { Challenge = wrong.Challenge }, [new Say(w => w.CodeDoesNotFit) { WantsWords = true }]),
        CodeRead or CodeWrong => new(state, [new Say(w => w.QuestionIsClosed)]),
        PlanReady ready => new(state, [new Submit(ready.Plan) { Taking = state.Taking }]),
        NothingToDo nothing => new(new Idle(), [new Say(w => w.NothingToDo(nothing.PlainState(w.Language)), [.. Alternatives(nothing.RunbookId), TalkToAHuman])]),
        GuideReady guide => new(state, [new OpenGuide(guide.RunbookId, guide.Text, guide.Values) { Taking = state.Taking }]),
        Refused refused => new(new Idle(), [new Say(w => w.Refusal(refused.Problem.Code, refused.About), [.. WaysForTheOwner(refused), TalkToAHuman])]),
        Submitted submitted => new(new AwaitingApproval(submitted.RequestId), []),
        GuideOpened opened => GoOn(opened.At),
        CheckProposed { At: var at } proposed => new(
            new AwaitingConfirmation(at.RequestId, proposed.ApprovalId, at.RunbookId, at.Step) { Version = at.Version, Platform = at.Platform, Findings = at.Findings }, []),
        StepImpossible impossible => GoOn(impossible.At with { Step = impossible.At.Step + 1 }),
        PasteRead read => GoOn(read.At with { Step = read.At.Step + 1, Failures = 0 }),
        HandOffOpened handedOff => new(new HandedOff(handedOff.RequestId), []),
        RequestMoved moved => Follow(state, moved),
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "A trigger without a rule."),
    };

    private static readonly Dictionary<string, Plans.ParameterValue> Nothing = [];

    /// <summary>A new wish leaves requests to go on by themselves; only an open question is dropped.</summary>
    private static DialogState LeaveFor(DialogState state) => state is Choosing or Collecting or Proving or AwaitingCode ? new Idle() : state;

    private static DialogState After(DialogState state, string requestId) => RequestOf(state) == requestId ? new Idle() : state;

    private static string? RequestOf(DialogState state) => state switch
    {
        AwaitingConfirmation s => s.RequestId,
        AwaitingApproval s => s.RequestId,
        Running s => s.RequestId,
        Guiding s => s.RequestId,
        CheckingOutcome s => s.RequestId,
        HandedOff s => s.RequestId,
        _ => null,
    };

    private static DialogEffect[] Drop(DialogState state) =>
        state is AwaitingConfirmation or AwaitingApproval or Guiding ? [new CancelRequest(RequestOf(state))] : [];

    private static DialogEffect[] DropAloud(DialogState state) => state is Choosing or Collecting or Proving or AwaitingCode ? [new Say(w => w.Dropped)] : Drop(state);

    /// <summary>What was asked for alone, and is no request yet, is all of it. A message that was offered is cancelled whatever the conversation has come to since.</summary>
    private static Transition CancelAll(DialogState state, string? offered)
    {
        var isAsked = state is Choosing or Collecting or Proving or AwaitingCode;
        if (offered is not null && isAsked && state.Taking?.Group != offered)
            return new(state with { Waiting = [.. state.Waiting.Where(w => w.Place?.Group != offered)] }, [new CancelAll { Group = offered }]);
        if (!isAsked)
            return new(new Idle(), [new CancelAll { Group = offered ?? state.Taking?.Group, RequestId = RequestOf(state) }]);
        return new(new Idle(), [new Say(w => w.Dropped), .. state.Taking is { } taking ? [new CancelAll { Group = taking.Group, Dropped = true }] : Array.Empty<DialogEffect>()]);
    }

    private static DialogEffect[] Cancel(DialogState state) =>
        state is Choosing or Collecting or Proving or AwaitingCode ? [new Say(w => w.Dropped)] : [new CancelRequest(state is CheckingOutcome or HandedOff ? null : RequestOf(state)) { MayAsk = true }];

    private static Transition Answer(DialogState state, string text) => state switch
    {
        Collecting c => new(c, [new Prepare(c.RunbookId, c.Text, c.Filled) { Answer = (c.Asking, text) }]),
        AwaitingCode c => new(c, [new CheckCode(c.RunbookId, c.Challenge, text)]),
        AwaitingApproval { Question: { } question } a => new(a.Then ?? a with { Question = null }, [new AnswerApprover(question, text)]),
        HandedOff h => new(h.Then ?? h, [new Hear(h.RequestId, text, Leaning: false) { Surely = h.Then is not null }]),
        Guiding { WantsPaste: true } g => new(g, [new ReadPaste(g.Place(), text)]),
        _ => new(LeaveFor(state), [new Retrieve(text, Leaning: false, MayBeSeveral: true)]),
    };

    private static Transition Supply(DialogState state, Supplied supplied) => state is Collecting c && c.Asking == supplied.Parameter
        ? new(c, [new Prepare(c.RunbookId, c.Text, new Dictionary<string, Plans.ParameterValue>(c.Filled) { [supplied.Parameter] = supplied.Value })])
        : new(state, [new Say(w => w.QuestionIsClosed)]);

    private static Transition Prove(DialogState state, ProofChosen chosen) => state switch
    {
        Proving p when chosen.Proof == Proof.Code => new(p, [new SendCode(p.RunbookId, p.Text, p.Filled, chosen.Name)]),
        Proving p => new(new Idle(), [new Prepare(p.RunbookId, p.Text, p.Filled) { Proof = chosen.Proof }]),
        _ => new(state, [new Say(w => w.QuestionIsClosed)]),
    };

    private static Transition Ordinal(DialogState state, int ordinal) => state switch
    {
        Choosing c when At(c.Candidates, ordinal) is { } id => new(new Idle(), [new Prepare(id, c.Text, Nothing)]),
        Collecting c => new(c, [new Prepare(c.RunbookId, c.Text, c.Filled) { Answer = (c.Asking, "#" + ordinal) }]),
        _ => new(state, [new Say(w => w.NothingIsOpen)]),
    };

    private static string? At(IReadOnlyList<string> list, int ordinal) =>
        list.ElementAtOrDefault(ordinal < 0 ? list.Count + ordinal : ordinal - 1);

    private Transition YesOrNo(DialogState state, bool yes) => state switch
    {
        AwaitingConfirmation c when yes => new(new Running(c.RequestId), [new DecideConsent(c.ApprovalId, true)]),
        AwaitingConfirmation c => Prepend(new DecideConsent(c.ApprovalId, false), GoOn(c.Place() with { Step = c.Step + 1 })),
        Guiding g => AnswerStep(g, new StepAnswered(g.RequestId, g.Step, yes)),
        CheckingOutcome c => Decide(state, new Helped(c.RequestId, yes)),
        HandedOff { Confirming: true } h => Decide(state, new Helped(h.RequestId, yes)),
        AwaitingApproval { Question: not null } => Answer(state, yes ? "Yes" : "No"),
        AwaitingApproval { AsksToGoOn: true } a => Decide(state, new WentOn(a.RequestId, yes)),
        Choosing c when yes && c.Candidates is [var only] => new(new Idle(), [new Prepare(only, c.Text, Nothing)]),
        Choosing when !yes => new(new Idle(), [new Say(w => w.ThenWhat, [TalkToAHuman])]),
        Collecting c => Answer(c, yes ? "yes" : "no"),
        _ => new(state, [new Say(w => w.NothingIsOpen)]),
    };

    private static Transition Prepend(DialogEffect first, Transition then) => then with { Effects = [first, .. then.Effects] };

    private Transition Choose(DialogState state, Found found)
    {
        // Words that were meant as an answer, and are not a wish either: the question stands. The same wish said anew may name somebody else.
        if (state is Collecting c && found.Verdict is not RetrievalVerdict.Match)
            return AskOnce(c, found);
        if (state is Collecting same && found.RunbookIds[0] == same.RunbookId)
        {
            return same.Misses >= MissesBeforeOfferingAHuman
                ? AskOnce(same, found)
                : new(same with { Misses = same.Misses + 1 }, [new Prepare(same.RunbookId, found.Text, same.Filled) { Anew = true }]);
        }

        return found.Verdict switch
        {
            RetrievalVerdict.Match => new(LeaveFor(state), [new Prepare(found.RunbookIds[0], found.Text, Nothing) { Leaning = found.Leaning }]),
            RetrievalVerdict.NearTie or RetrievalVerdict.Vague when found.RunbookIds.Count > 0 => new(
                new Choosing(found.Text, found.RunbookIds),
                [new Say(w => found.Verdict is RetrievalVerdict.Vague ? w.WhatIsWrong : w.WhichDoYouMean,
                    [.. found.RunbookIds.Select(id => Offer(id, found.Text)), TalkToAHuman])]),
            RetrievalVerdict.Vague => new(new Idle(), [new Say(w => w.ThenWhat, [TalkToAHuman])]),
            _ when state is Guiding { WantsPaste: false } g => new(g, [new Say(w => w.HowDidTheStepGo, [.. Answers(g.Place()), TalkToAHuman])]),
            _ when state is AwaitingConfirmation => new(state, [new Say(w => w.DidNotCatchThat, [TalkToAHuman])]),
            _ => new(LeaveFor(state), [new Say(w => w.NotSomethingIDo, [new Option(w => w.WhatCanYouDo, new AskedHelp()), TalkToAHuman])]),
        };
    }

    private Option Offer(string runbookId, string text) => new(_ => runbooks.Find(runbookId)?.Title ?? runbookId, new Picked(runbookId, text));

    private IEnumerable<Option> Alternatives(string runbookId) =>
        (runbooks.Find(runbookId)?.Otherwise ?? []).Where(id => runbooks.Find(id) is not null).Select(id => Offer(id, ""));

    /// <summary>Whoever may not ask for somebody else can at least let them know.</summary>
    private static Option[] WaysForTheOwner(Refused refused) => refused is { Owner: { } owner, RunbookId: { } runbookId }
        ? [new(w => w.TellThem, new AskedToTell(owner, runbookId, Manager: false)), new(w => w.AskTheirManager, new AskedToTell(owner, runbookId, Manager: true))]
        : [];

    private string[] Topics() => [.. runbooks.All.Where(r => r.IsFound).Select(r => r.Summary).Order(StringComparer.Ordinal)];

    private Transition Collect(DialogState state, ParameterMissing missing)
    {
        var asked = state is Collecting c && c.Asking == missing.Parameter ? c : null;
        var whom = missing.Problem?.Code is ProblemCode.UnknownPerson ? missing.About : asked?.Whom;
        var collecting = new Collecting(missing.RunbookId, missing.Text, missing.Filled, missing.Parameter) { Misses = asked?.Misses ?? 0, Whom = whom };
        if (asked is null && whom is not null && state.Named is { } named && named.Group == state.Taking?.Group && named.Words.Equals(whom, StringComparison.OrdinalIgnoreCase))
        {
            return new(
                collecting,
                [new Say(w => w.AsSaidBefore(whom, named.Person.Display)), new Prepare(missing.RunbookId, missing.Text, new Dictionary<string, Plans.ParameterValue>(missing.Filled) { [missing.Parameter] = named.Person })]);
        }

        return new(
            collecting,
            [new Say(w => missing.Problem is { } problem ? w.Refusal(problem.Code, missing.About) : Question(missing.RunbookId, missing.Parameter), [.. missing.Options.Select(o => new Option(_ => o.Value.Display, new Supplied(missing.Parameter, o.Value), o.Hint))]) { WantsWords = missing.Options.Count == 0 }]);
    }

    private string Question(string runbookId, string parameter) => runbooks.Find(runbookId)?.Parameter(parameter)?.Ask ?? "";

    private static Transition Reconsider(DialogState state, AnswerUnusable unusable) => state is Collecting c
        ? new(c, [new Retrieve(unusable.Text, Leaning: false, MayBeSeveral: true) { Obstacle = unusable.Problem }])
        : new(state, [new Say(w => unusable.Problem is { } problem ? w.Refusal(problem.Code, unusable.Text) : w.DidNotCatchThat)]);

    private static Transition AskOnce(Collecting c, Found found)
    {
        if (c.Misses >= MissesBeforeOfferingAHuman)
            return new(new Idle(), [new Say(w => w.LetsGetAHuman, [TalkToAHuman])]);
        var missed = c with { Misses = c.Misses + 1 };
        return found.Obstacle is { } problem
            ? new(missed, [new Say(w => w.Refusal(problem.Code, found.Text))])
            : new(missed, [new Say(w => w.DidNotCatchThat), new Prepare(c.RunbookId, c.Text, c.Filled)]);
    }
}

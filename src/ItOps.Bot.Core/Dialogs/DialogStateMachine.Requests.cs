using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Dialogs;

// What follows once there is a request: the steps of a guide, and news.
public sealed partial class DialogStateMachine
{
    private Transition AnswerStep(DialogState state, StepAnswered answered)
    {
        if (state is not Guiding g || g.RequestId != answered.RequestId || g.Step != answered.Step)
            return new(state, [new Say(w => w.QuestionIsClosed)]);
        var note = new NoteStep(g.Place(), answered.Answer);
        if (answered.Answer == StepAnswer.Worked)
            return new(new Idle(), [note, new Resolve(g.RequestId), new Say(w => w.GladItHelped)]);
        var failures = g.Failures + (answered.Answer == StepAnswer.DidNotWork ? 1 : 0);
        return failures >= FailuresBeforeHandingOff
            ? new(g, [note, new HandOff(g.RequestId, HandOffCause.DidNotHelp, LastWord(g))])
            : Prepend(note, GoOn(g.Place() with { Step = g.Step + 1, Failures = failures }));
    }

    /// <summary>The next step that applies, from the place on.</summary>
    private Transition GoOn(GuidePlace start)
    {
        var steps = runbooks.Find(start.RunbookId, start.Version)?.Steps ?? [];
        for (var i = start.Step; i < steps.Count; i++)
        {
            var at = start with { Step = i };
            if (!steps[i].Applies(start.Platform, start.Findings))
                continue;
            return steps[i] switch
            {
                GuideStep guide => new(Guiding.At(at), [new Say(w => w.GuideStep(guide.Text, guide.Expect), [.. Answers(at), TalkToAHuman])]),
                PasteStep paste => new(Guiding.At(at) with { WantsPaste = true }, [new Say(w => w.PasteStep(paste.Text, paste.Command), CannotDo(at), TalkToAHuman)]),
                HandOffStep handOff => new(Guiding.At(at), [new HandOff(start.RequestId, HandOffCause.EndOfRunbook, handOff.Reason)]),
                _ => new(Guiding.At(at), [new ProposeStep(at)]),
            };
        }

        return new(Guiding.At(start with { Step = steps.Count }), [new HandOff(start.RequestId, HandOffCause.EndOfRunbook)]);
    }

    /// <summary>What the runbook says when it hands over, which may be how to get by until then.</summary>
    private string? LastWord(Guiding g) => runbooks.Find(g.RunbookId, g.Version)?.Steps.OfType<HandOffStep>().LastOrDefault()?.Reason;

    private static Option[] Answers(GuidePlace at) =>
    [
        new(w => w.ThatWorked, new StepAnswered(at.RequestId, at.Step, Worked: true)),
        new(w => w.ThatDidNotWork, new StepAnswered(at.RequestId, at.Step, Worked: false)),
        CannotDo(at),
    ];

    private static Option CannotDo(GuidePlace at) => new(w => w.CannotDoThat, new StepAnswered(at.RequestId, at.Step, Worked: false) { Skipped = true });

    /// <summary>An approver's question is answered at once, unless the bot is waiting for an answer itself: then a button brings it back.</summary>
    private static Transition BeAsked(DialogState state, TellNews tell, bool here) =>
        here || state is AwaitingApproval { Question: null } or Running or HandedOff
            ? new(new AwaitingApproval(tell.RequestId) { Question = tell.Question, Then = here ? null : state }, [tell])
            : new(state, [tell with { Options = [new Option(w => w.Answer, new TookQuestion(tell.RequestId, tell.Question!))] }]);

    /// <summary>What the person writes next is for whoever has the request, when nothing else is under way.</summary>
    private static DialogState InTheirHands(DialogState state, string requestId, bool here) =>
        here && state is not HandedOff ? new HandedOff(requestId) : state;

    private Transition Follow(DialogState state, RequestMoved moved)
    {
        var id = moved.RequestId;

        // Decided before she answered: what the question interrupted goes on.
        if (state is AwaitingApproval { Question: not null, Then: { } then } asked && asked.RequestId == id && moved.Event is not RequestEvent.Questioned)
            state = then;
        var here = RequestOf(state) == id || state is Idle;
        var tell = new TellNews(id, moved.Event) { Question = moved.Question, Message = moved.Message };
        return moved.Event switch
        {
            RequestEvent.Succeeded => new(
                here ? new CheckingOutcome(id) : state,
                [tell with { Options = [new Option(w => w.Yes, new Helped(id, true)), new Option(w => w.No, new Helped(id, false))] }]),
            RequestEvent.Diagnosed or RequestEvent.NotDiagnosed when here && moved.At is { } at => Prepend(tell, GoOn(at with { Step = at.Step + 1 })),
            RequestEvent.Failed or RequestEvent.ToSecurity => new(here ? new HandedOff(id) : state, [tell]),
            RequestEvent.Denied or RequestEvent.Expired => new(After(state, id), [tell with { Options = [TalkToAHuman] }]),
            RequestEvent.Questioned => BeAsked(state, tell, here),
            RequestEvent.Stranded => new(
                here || state is AwaitingApproval { Question: null } ? new AwaitingApproval(id) { AsksToGoOn = true } : state,
                [tell with { Options = [new Option(w => w.Yes, new WentOn(id, true)), new Option(w => w.No, new WentOn(id, false))] }]),
            RequestEvent.Claimed => new(InTheirHands(state, id, here), [tell]),
            RequestEvent.Replied when here => new(InTheirHands(state, id, here), [tell]),
            RequestEvent.Replied => new(state, [tell with { Options = [new Option(w => w.Answer, new TookHandOff(id))] }]),
            RequestEvent.ResolvedByIt => new(
                here ? new HandedOff(id) { Confirming = true } : state,
                [tell with { Options = [new Option(w => w.Yes, new Helped(id, true)), new Option(w => w.No, new Helped(id, false))] }]),
            _ => new(state, [tell]),
        };
    }
}

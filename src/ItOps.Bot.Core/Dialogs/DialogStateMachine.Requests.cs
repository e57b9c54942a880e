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
        var note = new NoteStep(g.RequestId, g.RunbookId, g.Step, answered.Worked);
        if (answered.Worked)
            return new(new Idle(), [note, new Resolve(g.RequestId), new Say(w => w.GladItHelped)]);
        return g.Failures + 1 >= FailuresBeforeHandingOff
            ? new(g, [note, new HandOff(g.RequestId, HandOffCause.DidNotHelp)])
            : Prepend(note, GoOn(g.RequestId, g.RunbookId, g.Step + 1, g.Failures + 1, g.Findings));
    }

    /// <summary>The next step that applies, from <paramref name="from"/> on.</summary>
    private Transition GoOn(string requestId, string runbookId, int from, int failures, IReadOnlyList<string> findings)
    {
        var steps = runbooks.Find(runbookId)?.Steps ?? [];
        for (var i = from; i < steps.Count; i++)
        {
            switch (steps[i])
            {
                case GuideStep guide when guide.When.Count == 0 || guide.When.Intersect(findings).Any():
                    var index = i;
                    return new(
                        new Guiding(requestId, runbookId, i) { Failures = failures, Findings = findings },
                        [new Say(w => w.GuideStep(guide.Text, guide.Expect),
                            new Option(w => w.ThatWorked, new StepAnswered(requestId, index, true)),
                            new Option(w => w.ThatDidNotWork, new StepAnswered(requestId, index, false)),
                            TalkToAHuman)]);
                case DiagnoseStep:
                    return new(
                        new Guiding(requestId, runbookId, i) { Failures = failures, Findings = findings },
                        [new ProposeCheck(requestId, runbookId, i)]);
                case HandOffStep handOff:
                    return new(new Guiding(requestId, runbookId, i), [new HandOff(requestId, HandOffCause.EndOfRunbook, handOff.Reason)]);
            }
        }

        return new(new Guiding(requestId, runbookId, steps.Count), [new HandOff(requestId, HandOffCause.EndOfRunbook)]);
    }

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
            RequestEvent.Diagnosed when here => Prepend(tell, GoOn(id, moved.RunbookId!, moved.Step + 1, 0, moved.Findings)),
            RequestEvent.Failed or RequestEvent.ToSecurity => new(here ? new HandedOff(id) : state, [tell]),
            RequestEvent.Denied or RequestEvent.Expired => new(After(state, id), [tell with { Options = [TalkToAHuman] }]),
            RequestEvent.Questioned => BeAsked(state, tell, here),
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

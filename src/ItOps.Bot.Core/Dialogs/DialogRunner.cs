using ItOps.Bot.Agents;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Dialogs;

/// <summary>
/// Lets the state machine and its effects take turns until nothing is left to do. Effects read the world and add to the turn's commit; they change nothing
/// themselves, so a turn whose commit conflicts is simply worked out again.
/// </summary>
public sealed class DialogRunner(
    DialogStateMachine machine,
    RunbookCatalog runbooks,
    WishReader wishes,
    IPlanner planner,
    RequestMoves requests,
    HandOffTalk talk,
    RequestNews news,
    SpokenReplies replies)
{
    /// <summary>For each wish: how many were waiting says nothing about whether one of them comes to rest.</summary>
    private const int TransitionLimit = 50;

    /// <summary>Returns the state in which the conversation comes to rest.</summary>
    public async Task<DialogState> RunAsync(DialogState state, DialogTrigger trigger, DialogTurn turn, CancellationToken cancellationToken)
    {
        var triggers = new Queue<DialogTrigger>([trigger]);
        var transitions = 0;
        while (triggers.TryDequeue(out var next))
        {
            if (transitions++ == TransitionLimit)
                throw new InvalidOperationException($"The dialog does not come to rest: {state} on {next}.");
            if (next is Refused refused)
                await requests.NoteRefusalAsync(turn, refused, cancellationToken);
            var transition = machine.Next(state, next);
            state = transition.State;
            foreach (var effect in transition.Effects)
            {
                if (effect is TurnTo)
                    transitions = 0;
                if (await PerformAsync(effect, turn, cancellationToken) is { } found)
                    triggers.Enqueue(found);
            }
        }

        await replies.RenderAsync(turn, cancellationToken);
        return state;
    }

    private async Task<DialogTrigger?> PerformAsync(DialogEffect effect, DialogTurn turn, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case Say say:
                if (say.WantsWords)
                    turn.Queue(new(say.Text(turn.Words)) { WantsWords = true });
                else
                    turn.Say(say.Text(turn.Words), say.Options);
                return null;
            case Retrieve retrieve:
                return Grouped(turn, await wishes.ReadAsync(turn, retrieve, cancellationToken));
            case Prepare prepare when runbooks.Find(prepare.RunbookId) is { } runbook:
                return await PrepareAsync(prepare, runbook, turn, cancellationToken);
            case Prepare prepare:
                return new Refused(new(ProblemCode.UnknownOperation, $"The runbook '{prepare.RunbookId}' is not there any more."), null, null);
            case Hear hear:
                return await talk.TakesAsync(turn, hear, cancellationToken)
                    ? null
                    : Grouped(turn, await wishes.ReadAsync(turn, new(hear.Text, hear.Leaning, MayBeSeveral: true), cancellationToken));
            case TurnTo to:
                turn.About = turn.Words.AboutPart(to.Wish.Place?.Number ?? 0, to.Wish.Text);
                return null;
            case TellStatus:
                await news.TellStatusAsync(turn, cancellationToken);
                return null;
            case TellNews tell:
                await news.TellAsync(turn, tell, cancellationToken);
                return null;
            default:
                return await requests.PerformAsync(effect, turn, cancellationToken);
        }
    }

    private static DialogTrigger Grouped(DialogTurn turn, DialogTrigger found) => found is FoundSeveral several ? several with { Group = turn.NewId() } : found;

    /// <summary>Where the rules leave a value open, an agent is asked before the person is.</summary>
    private async Task<DialogTrigger> PrepareAsync(Prepare prepare, Runbook runbook, DialogTurn turn, CancellationToken cancellationToken)
    {
        var filling = new Filling(runbook, turn.Actor, prepare.Text, prepare.Filled)
        {
            Answer = prepare.Answer,
            Anew = prepare.Anew,
            Proof = prepare.Proof,
            Memory = prepare.Leaning ? turn.Memory : null,
            CutBy = turn.Memory.PartOf(prepare.Text)?.By,
            Suggested = WishReader.Known(turn, prepare.Text, runbook),
        };
        var planned = await planner.PlanAsync(filling, cancellationToken);
        if (planned is not (ParameterMissing { Problem: null } or AnswerUnusable { Problem: null }))
            return planned;

        // Which of somebody's accounts is meant is for them to say: no reading of the words knows.
        if (planned is ParameterMissing { Parameter: var open } && runbook.Parameter(open)?.Kind == ParameterKind.Account)
            return planned;
        var (words, asking) = prepare.Answer is { } answer ? (answer.Words, answer.Parameter) : (prepare.Text, null);
        return (prepare.Answer is null) == planned is ParameterMissing && await wishes.ValuesAsync(turn, runbook, words, asking, cancellationToken) is { } suggested
            ? await planner.PlanAsync(filling with { Suggested = suggested }, cancellationToken)
            : planned;
    }
}

using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.HandOffs;

/// <summary>
/// Takes a press on the card of a hand-off. Each is judged on the authenticated person, now: in the group it was handed to, and not whose request it is. Who has it is one
/// compare-and-set; whoever comes second learns who that is.
/// </summary>
public sealed class HandOffPresses(
    IHandOffStore handOffs, IRequestStore requests, IPersonDirectory people, Eligibility eligibility, HandOffMoves moves, Committer committer, TimeProvider time)
{
    // Each lost race means that somebody else's move was stored, so that this many only happen when something is broken.
    private const int AttemptLimit = 100;

    private static readonly Words W = Words.English;

    /// <summary>Whether it is one of the moves on a hand-off.</summary>
    public static bool Takes(Verdict verdict) => verdict is Verdict.Claim or Verdict.TakeOver or Verdict.Reply or Verdict.Resolve;

    /// <summary>Does it, or says why not. Safe to repeat, but for words, which are passed on as often as they come.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was done; press again later.</exception>
    public async Task<Decided> PressAsync(Principal actor, string id, Verdict verdict, string? note, CancellationToken cancellationToken)
    {
        note = note is null ? "" : MessageText.Cut(MessageText.Clean(note), HandOffMessage.Longest);
        for (var attempt = 1; attempt <= AttemptLimit; attempt++)
        {
            if (await handOffs.FindAsync(id, cancellationToken) is not { } handOff || await requests.FindAsync(handOff.RequestId, cancellationToken) is not { } request)
                return new(DecidedKind.Refused, W.DecisionRefused(ProblemCode.NotAnApprover), new(ProblemCode.NotAnApprover, "There is no such hand-off."));

            // Who has it, and whether it is over, is said only to those who may know.
            if (await ObstacleAsync(handOff, actor, cancellationToken) is { } obstacle)
            {
                await committer.CommitAsync(
                    new Commit().Audit(AuditEntry.By(actor.Person, "handoff.refused", handOff.Id, handOff.RequestId, ("why", obstacle.Code.ToString()), ("channel", actor.Via.Channel))), cancellationToken);
                return new(DecidedKind.Refused, W.HandOffRefused(obstacle.Code), obstacle);
            }

            if (Answer(handOff, actor.Id, verdict, note) is { } answer)
                return answer;
            var commit = new Commit();
            var decided = await MoveAsync(commit, request, handOff, actor, verdict, note, cancellationToken);
            if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
                return decided;
        }

        throw new InvalidOperationException($"A press on hand-off {id} conflicted {AttemptLimit} times.");
    }

    /// <summary>What keeps this person from it; none when nothing does.</summary>
    public async Task<Problem?> ObstacleAsync(HandOffCase handOff, Principal actor, CancellationToken cancellationToken)
    {
        if (actor.Id == handOff.Requester)
            return new(ProblemCode.ApproverIsRequester, $"{actor.Id} asked for it.");
        return (await people.GroupsOfAsync(actor.Id, cancellationToken)).Contains(handOff.Group)
            ? await eligibility.StandingAsync(actor, cancellationToken)
            : new(ProblemCode.NotAnApprover, $"{actor.Id} is not in {handOff.Group}.");
    }

    /// <summary>Why the move is none; none when it is one.</summary>
    private static Decided? Answer(HandOffCase handOff, PersonId actor, Verdict verdict, string note)
    {
        var mine = handOff.Holder?.Person == actor;
        return verdict switch
        {
            _ when handOff.IsOver => new(DecidedKind.AlreadyDecided, W.HandOffIsOver),
            Verdict.Claim or Verdict.TakeOver when mine => new(DecidedKind.AlreadyDecided, W.YouHaveIt),
            Verdict.Claim when handOff.Holder is { } holder => new(DecidedKind.AlreadyDecided, W.SomebodyHasIt(holder.Name)),
            Verdict.Resolve when handOff.Status == HandOffStatus.Resolved => new(DecidedKind.AlreadyDecided, W.AlreadyResolved(handOff.End?.Name ?? "")),
            Verdict.Reply or Verdict.Resolve when !mine && handOff.Holder is { } holder =>
                new(DecidedKind.Refused, W.SomebodyHasIt(holder.Name), new(ProblemCode.ApprovalClosed, $"{holder.Name} has it.")),
            Verdict.Reply when note.Length == 0 => new(DecidedKind.Refused, W.PleaseWriteSomething, new(ProblemCode.InvalidArguments, "A reply without words.")),
            _ => null,
        };
    }

    private async Task<Decided> MoveAsync(
        Commit commit, ServiceRequest request, HandOffCase handOff, Principal actor, Verdict verdict, string note, CancellationToken cancellationToken)
    {
        var by = new HandOffActor(actor.Person, actor.Person.DisplayName, actor.Via.Channel);
        switch (verdict)
        {
            case Verdict.Reply:
                await moves.ReplyAsync(commit, request, handOff, by, [new(false, by.Name, note, time.GetUtcNow())], cancellationToken);
                return new(DecidedKind.Passed, W.PassedOnTo(handOff.RequesterName));
            case Verdict.Resolve:
                await moves.ResolveAsync(commit, request, handOff, by, note.Length == 0 ? null : note, cancellationToken);
                return new(DecidedKind.Passed, W.AskedWhetherItHelped(handOff.RequesterName));
            default:
                await moves.ClaimAsync(commit, request, handOff, by, cancellationToken);
                return new(DecidedKind.Counted, W.YouHaveItNow(handOff.RequesterName));
        }
    }
}

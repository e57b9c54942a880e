using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.HandOffs;

/// <summary>The requester's side of a hand-off: their words to whoever has it, and their word on whether it helped. Everything goes into the turn's commit.</summary>
public sealed class HandOffTalk(IHandOffStore handOffs, RequestDrafts drafts, HandOffPosts posts, IRetriever retriever, TimeProvider time)
{
    /// <summary>
    /// Takes words for whoever has the request, unless they are clearly another wish; then a button sends them on after all.
    /// </summary>
    /// <returns>False when they are to be looked for as a wish.</returns>
    public async Task<bool> TakesAsync(DialogTurn turn, Hear hear, CancellationToken cancellationToken)
    {
        var handOff = await handOffs.ForRequestAsync(hear.RequestId, cancellationToken);
        if (handOff is null or { IsOver: true } || handOff.Requester != turn.Actor.Id)
            return false;
        var request = await drafts.LoadAsync(turn, hear.RequestId, cancellationToken);
        var found = await retriever.RetrieveAsync(hear.Text, cancellationToken);

        // Words about the same trouble are found as the same runbook: that is no other wish.
        if (found is { Verdict: RetrievalVerdict.Match, Ranked: [var best, ..] } && best.RunbookId != request.RunbookId)
        {
            var name = handOff.Holder?.Name ?? turn.Words.It;
            turn.Say(turn.Words.TakenAsNew, new Option(w => w.SendItTo(name), new SentInstead(hear.RequestId, hear.Text)));
            return false;
        }

        await PassOnAsync(turn, request, handOff, hear.Text, cancellationToken);
        return true;
    }

    /// <summary>Sends words on that were taken for another wish. What was opened for them is for the caller to cancel.</summary>
    /// <returns>False when it is over.</returns>
    public async Task<bool> SendAsync(DialogTurn turn, string requestId, string text, CancellationToken cancellationToken)
    {
        var handOff = await handOffs.ForRequestAsync(requestId, cancellationToken);
        if (handOff is null or { IsOver: true } || handOff.Requester != turn.Actor.Id)
        {
            turn.Say(turn.Words.QuestionIsClosed);
            return false;
        }

        await PassOnAsync(turn, await drafts.LoadAsync(turn, requestId, cancellationToken), handOff, text, cancellationToken);
        return true;
    }

    /// <summary>The person says that it is solved.</summary>
    public async Task ConfirmAsync(DialogTurn turn, ServiceRequest request, CancellationToken cancellationToken)
    {
        if (await handOffs.ForRequestAsync(request.Id, cancellationToken) is not { IsOver: false } handOff)
            return;
        var solved = request with { Status = RequestStatus.Succeeded, Helped = true, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        turn.Commit.Add(new RequestSaved(solved))
            .Audit(AuditEntry.By(turn.Actor.Person, "request.resolved", request.Id, request.Id))
            .Audit(AuditEntry.By(turn.Actor.Person, "handoff.confirmed", handOff.Id, request.Id));
        var confirmed = handOff with { Status = HandOffStatus.Confirmed, Version = handOff.Version + 1 };
        await posts.SaveAsync(turn.Commit, solved, confirmed, cancellationToken);
        await posts.TellAsync(turn.Commit, handOff.Holder, Words.English.ItHelped(handOff.RequesterName, handOff.Number), cancellationToken);
    }

    /// <summary>The person says that it is not: the same person has it again.</summary>
    /// <returns>False when there is nothing to reopen.</returns>
    public async Task<bool> ReopenAsync(DialogTurn turn, ServiceRequest request, CancellationToken cancellationToken)
    {
        if (await handOffs.ForRequestAsync(request.Id, cancellationToken) is not { } handOff)
            return false;
        var again = request with { Status = RequestStatus.HandedOff, Helped = false, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        var open = handOff with
        {
            Status = handOff.Holder is null ? HandOffStatus.Open : HandOffStatus.Claimed,
            Version = handOff.Version + 1,
            End = null,
        };
        turn.Commit.Add(new RequestSaved(again)).Audit(AuditEntry.By(turn.Actor.Person, "handoff.reopened", handOff.Id, request.Id));
        open = await posts.SaveAsync(turn.Commit, again, open, cancellationToken);
        await posts.TellHolderAsync(turn.Commit, again, open, Words.English.ItDidNotHelp(handOff.RequesterName, handOff.Number), cancellationToken);
        turn.Say(handOff.Holder is { } holder ? turn.Words.HasItAgain(holder.Name) : turn.Words.HandedOff(request.Number, tried: true));
        return true;
    }

    private async Task PassOnAsync(DialogTurn turn, ServiceRequest request, HandOffCase handOff, string text, CancellationToken cancellationToken)
    {
        var words = MessageText.Cut(text.Trim(), HandOffMessage.Longest);
        handOff = handOff.With(new(true, handOff.RequesterName, words, time.GetUtcNow())) with { Version = handOff.Version + 1 };
        turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, "handoff.said", handOff.Id, request.Id, ("message", $"{handOff.Messages.Count}")));
        handOff = await posts.SaveAsync(turn.Commit, request, handOff, cancellationToken);
        if (handOff.Holder is not null)
            await posts.TellHolderAsync(turn.Commit, request, handOff, Words.English.Says(handOff.RequesterName, handOff.Number, words), cancellationToken);
        turn.Say(handOff.Holder is { } holder ? turn.Words.PassedOnTo(holder.Name) : turn.Words.AddedForWhoeverTakesIt);
    }
}

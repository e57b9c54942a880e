using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Secrets;

/// <summary>What the recipient of a one-time link says when a browser opened it: that it was they, or that it was not.</summary>
public sealed class PickupAnswers(
    IPickupStore pickups, SecretLinks links, PickupPosts posts, HandOffDesk handOffs, Eligibility eligibility, Committer committer, TimeProvider time)
{
    private const int AttemptLimit = 100;

    /// <summary>The recipient's answer. Safe to repeat; saying that it was not them counts whenever it comes.</summary>
    public async Task<Decided> AnswerAsync(Principal actor, Pickup asked, Verdict verdict, CancellationToken cancellationToken)
    {
        if (actor.Id != asked.Recipient)
        {
            await committer.CommitAsync(new Commit().Audit(AuditEntry.By(actor.Person, "secret.refused", asked.TokenHash[..12], asked.RequestId)), cancellationToken);
            return new(DecidedKind.Refused, Words.English.NotForYou, new(ProblemCode.SecretNotYours, $"It is not for {actor.Id}."));
        }

        // Whoever bound their own chat account to somebody a moment ago is not shown that person's password.
        if (verdict == Verdict.ShowIt && await eligibility.StandingAsync(actor, cancellationToken) is { } weak)
            return new(DecidedKind.Refused, Words.English.CannotConfirmFromHere, weak);
        for (var attempt = 1; attempt <= AttemptLimit; attempt++)
        {
            var pickup = await pickups.FindAsync(asked.Id, cancellationToken) ?? asked;
            var answer = verdict == Verdict.NotMe ? await DenyAsync(actor, pickup, cancellationToken) : await ConfirmAsync(actor, pickup, cancellationToken);
            if (answer.Commit is null || await committer.CommitAsync(answer.Commit, cancellationToken) == CommitOutcome.Committed)
                return answer.Decided;
        }

        throw new InvalidOperationException($"An answer to pickup {asked.Id} conflicted {AttemptLimit} times.");
    }

    private async Task<(Commit? Commit, Decided Decided)> ConfirmAsync(Principal actor, Pickup pickup, CancellationToken cancellationToken)
    {
        var secret = await links.FindAsync(pickup.TokenHash, cancellationToken);
        if (secret is null || pickup.Status != PickupStatus.Asked || !pickup.IsOpen(time.GetUtcNow()))
            return (null, new(DecidedKind.AlreadyDecided, Words.English.PickupIsOver));
        var confirmed = pickup with { Status = PickupStatus.Confirmed, Version = pickup.Version + 1, ExpiresAt = secret.NoLaterThan(time.GetUtcNow() + Pickups.Patience) };
        var commit = new Commit().Add(new PickupSaved(confirmed)).Audit(Entry(actor, "secret.confirmed", pickup));
        await posts.UpdateAsync(commit, confirmed, cancellationToken);
        return (commit, new(DecidedKind.Counted, Words.English.PickupConfirmed));
    }

    private async Task<(Commit? Commit, Decided Decided)> DenyAsync(Principal actor, Pickup pickup, CancellationToken cancellationToken)
    {
        if (pickup.Status == PickupStatus.Denied)
            return (null, new(DecidedKind.AlreadyDecided, Words.English.ReportedAlready));
        var wasShown = pickup.Status == PickupStatus.Shown;
        var denied = pickup with { Status = PickupStatus.Denied, Version = pickup.Version + 1 };
        var commit = new Commit().Add(new PickupSaved(denied)).Audit(Entry(actor, "secret.denied", pickup));
        if (await links.FindAsync(pickup.TokenHash, cancellationToken) is { } secret)
            commit.Add(new SecretTaken(secret.TokenHash));
        await posts.UpdateAsync(commit, denied, cancellationToken);
        await handOffs.AlertAsync(commit, Words.English.LinkOpenedByAStranger(actor.Person.DisplayName, wasShown), actor.Id, cancellationToken);
        return (commit, new(DecidedKind.Reported, wasShown ? Words.English.LinkVoidedTooLate : Words.English.LinkVoided));
    }

    private static AuditEntry Entry(Principal actor, string action, Pickup pickup) =>
        AuditEntry.By(actor.Person, action, pickup.TokenHash[..12], pickup.RequestId, ("channel", actor.Via.Channel), ("browser", $"{pickup.Ordinal}"));
}

using System.Globalization;
using System.Security.Cryptography;
using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Secrets;

/// <summary>
/// Brings a one-time secret to a browser in which nobody can sign in, because the password is what was lost: the page shows a number, the recipient says in their own
/// conversation that it is theirs, and that browser, and no other, may show it once. A link alone shows nothing.
/// </summary>
public sealed class Pickups(
    IPickupStore pickups, ISecretStore secrets, SecretLinks links, PickupPosts posts, HandOffDesk handOffs, IPersonDirectory people, Committer committer, TimeProvider time)
{
    /// <summary>How long the person has to compare the numbers, and then to have it shown.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How many browsers may ask with one link.</summary>
    public const int Limit = 5;

    private const int AttemptLimit = 100;

    /// <summary>
    /// Where a browser stands with a link: no pickup while it has not begun one, or the one it began is over. <see cref="ProblemCode.SecretGone"/> when the link shows
    /// nothing any more.
    /// </summary>
    public async Task<Result<Pickup?>> FindAsync(string token, string? browser, CancellationToken cancellationToken)
    {
        var hash = OneTimeToken.HashOf(token);
        if (await secrets.FindAsync(hash, cancellationToken) is not { } secret || secret.ExpiresAt <= time.GetUtcNow())
            return SecretLinks.Gone;
        var own = browser is null ? null : (await pickups.OfLinkAsync(hash, cancellationToken)).LastOrDefault(p => OneTimeToken.IsSame(p.BrowserHash, OneTimeToken.HashOf(browser)));
        return IsOpen(own) ? own : null;
    }

    /// <summary>Begins a pickup and asks the recipient. Returns what this browser is known by from now on.</summary>
    public async Task<Result<string>> StartAsync(string token, CancellationToken cancellationToken)
    {
        var hash = OneTimeToken.HashOf(token);
        for (var attempt = 1; attempt <= Limit + 1; attempt++)
        {
            var now = time.GetUtcNow();
            if (await secrets.FindAsync(hash, cancellationToken) is not { } secret || secret.ExpiresAt <= now)
                return SecretLinks.Gone;
            var before = await pickups.OfLinkAsync(hash, cancellationToken);
            if (before.Count >= Limit)
                return new Problem(ProblemCode.TooManyRequests, $"{Limit} browsers asked with this link.");

            var (browser, browserHash) = OneTimeToken.New();
            var pickup = new Pickup(Id.New(time), hash, before.Count + 1, secret.Recipient)
            {
                BrowserHash = browserHash,
                Number = NewNumber(before),
                ExpiresAt = Earlier(now + Patience, secret.ExpiresAt),
                AskedIn = await posts.PlacesAsync(secret, cancellationToken),
                RequestId = secret.RequestId,
            };
            var commit = new Commit().Add(new PickupSaved(pickup)).Audit(AuditEntry.ByBot("secret.opened", hash[..12], secret.RequestId, ("browser", $"{pickup.Ordinal}")));
            await posts.AskAsync(commit, pickup, cancellationToken);
            if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
                return browser;
        }

        return new Problem(ProblemCode.TooManyRequests, $"{Limit} browsers asked with this link.");
    }

    /// <summary>Shows it, once, to the browser that the recipient confirmed; not yet confirmed is <see cref="ProblemCode.NotAllowed"/>.</summary>
    public async Task<Result<(string Label, Secret<string> Value)>> ShowAsync(string token, string? browser, CancellationToken cancellationToken)
    {
        var found = await FindAsync(token, browser, cancellationToken);
        if (found.Failed)
            return found.Problem;
        if (found.Value is not { Status: PickupStatus.Confirmed } pickup || await people.FindAsync(pickup.Recipient, cancellationToken) is not { } recipient)
            return new Problem(ProblemCode.NotAllowed, "The recipient has not confirmed this browser.");
        var shown = pickup with { Status = PickupStatus.Shown, Version = pickup.Version + 1 };
        var commit = new Commit().Add(new PickupSaved(shown));
        await posts.UpdateAsync(commit, shown, cancellationToken);
        return await links.TakeAsync(commit, pickup.TokenHash, recipient, ("browser", $"{pickup.Ordinal}"), cancellationToken);
    }

    /// <summary>The recipient's answer. Safe to repeat; saying that it was not them counts whenever it comes.</summary>
    public async Task<Decided> AnswerAsync(Principal actor, Pickup asked, Verdict verdict, CancellationToken cancellationToken)
    {
        if (actor.Id != asked.Recipient)
        {
            await committer.CommitAsync(new Commit().Audit(AuditEntry.By(actor.Person, "secret.refused", asked.TokenHash[..12], asked.RequestId)), cancellationToken);
            return new(DecidedKind.Refused, Words.English.NotForYou, new(ProblemCode.SecretNotYours, $"It is not for {actor.Id}."));
        }

        if (verdict == Verdict.ShowIt && actor.Assurance.Method is AssuranceMethod.EmailMatch or AssuranceMethod.MailedLink)
            return new(DecidedKind.Refused, Words.English.DecisionRefused(ProblemCode.WeakIdentity), new(ProblemCode.WeakIdentity, $"{actor.Via} is not bound to {actor.Id}."));
        for (var attempt = 1; attempt <= AttemptLimit; attempt++)
        {
            var pickup = await pickups.FindAsync(asked.Id, cancellationToken) ?? asked;
            var answer = verdict == Verdict.NotMe ? await DenyAsync(actor, pickup, cancellationToken) : await ConfirmAsync(actor, pickup, cancellationToken);
            if (answer.Commit is null || await committer.CommitAsync(answer.Commit, cancellationToken) == CommitOutcome.Committed)
                return answer.Decided;
        }

        throw new InvalidOperationException($"An answer to pickup {asked.Id} conflicted {AttemptLimit} times.");
    }

    /// <summary>Ends those whose time is over, so that no button is left that comes to nothing.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var pickup in await pickups.ExpiredAsync(time.GetUtcNow(), take: 100, cancellationToken))
        {
            var ended = pickup with { Status = PickupStatus.Expired, Version = pickup.Version + 1 };
            var commit = new Commit().Add(new PickupSaved(ended)).Audit(AuditEntry.ByBot("secret.unclaimed", pickup.TokenHash[..12], pickup.RequestId, ("browser", $"{pickup.Ordinal}")));
            await posts.UpdateAsync(commit, ended, cancellationToken);
            await committer.CommitAsync(commit, cancellationToken);
        }
    }

    private async Task<(Commit? Commit, Decided Decided)> ConfirmAsync(Principal actor, Pickup pickup, CancellationToken cancellationToken)
    {
        var secret = await secrets.FindAsync(pickup.TokenHash, cancellationToken);
        if (secret is null || pickup.Status != PickupStatus.Asked || !IsOpen(pickup))
            return (null, new(DecidedKind.AlreadyDecided, Words.English.PickupIsOver));
        var confirmed = pickup with { Status = PickupStatus.Confirmed, Version = pickup.Version + 1, ExpiresAt = Earlier(time.GetUtcNow() + Patience, secret.ExpiresAt) };
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
        if (await secrets.FindAsync(pickup.TokenHash, cancellationToken) is { } secret)
            commit.Add(new SecretTaken(secret.TokenHash));
        await posts.UpdateAsync(commit, denied, cancellationToken);
        await handOffs.AlertAsync(commit, Words.English.LinkOpenedByAStranger(actor.Person.DisplayName, wasShown), actor.Id, cancellationToken);
        return (commit, new(DecidedKind.Reported, wasShown ? Words.English.LinkVoidedTooLate : Words.English.LinkVoided));
    }

    private bool IsOpen(Pickup? pickup) => pickup is { Status: PickupStatus.Asked or PickupStatus.Confirmed } && time.GetUtcNow() < pickup.ExpiresAt;

    /// <summary>Two browsers of one link never show the same number.</summary>
    private static string NewNumber(IReadOnlyList<Pickup> before)
    {
        string number;
        do
            number = RandomNumberGenerator.GetInt32(10_000).ToString("D4", CultureInfo.InvariantCulture);
        while (before.Any(p => p.Number == number));
        return number;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static AuditEntry Entry(Principal actor, string action, Pickup pickup) =>
        AuditEntry.By(actor.Person, action, pickup.TokenHash[..12], pickup.RequestId, ("channel", actor.Via.Channel), ("browser", $"{pickup.Ordinal}"));
}

using System.Globalization;
using System.Security.Cryptography;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.People;

namespace ItOps.Bot.Secrets;

/// <summary>
/// Brings a one-time secret to a browser in which nobody can sign in, because the password is what was lost: the page shows a number, the recipient says in their own
/// conversation that it is theirs, and that browser, and no other, may show it once. A link alone shows nothing.
/// </summary>
public sealed class Pickups(IPickupStore pickups, SecretLinks links, PickupPosts posts, IPersonDirectory people, Committer committer, TimeProvider time)
{
    /// <summary>How long the person has to compare the numbers, and then to have it shown.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How many browsers may ask with one link.</summary>
    public const int Limit = 5;

    /// <summary>
    /// Where a browser stands with a link: no pickup while it has not begun one, or the one it began is over. <see cref="ProblemCode.SecretGone"/> when the link shows
    /// nothing any more.
    /// </summary>
    public async Task<Result<Pickup?>> FindAsync(string token, string? browser, CancellationToken cancellationToken)
    {
        var hash = OneTimeToken.HashOf(token);
        if (await links.FindAsync(hash, cancellationToken) is null)
            return SecretLinks.Gone;
        var own = browser is null ? null : (await pickups.OfLinkAsync(hash, cancellationToken)).LastOrDefault(p => OneTimeToken.IsSame(p.BrowserHash, OneTimeToken.HashOf(browser)));
        return own?.IsOpen(time.GetUtcNow()) == true ? own : null;
    }

    /// <summary>Begins a pickup and asks the recipient. Returns what this browser is known by from now on.</summary>
    public async Task<Result<string>> StartAsync(string token, CancellationToken cancellationToken)
    {
        var hash = OneTimeToken.HashOf(token);
        for (var attempt = 1; attempt <= Limit + 1; attempt++)
        {
            var now = time.GetUtcNow();
            if (await links.FindAsync(hash, cancellationToken) is not { } secret)
                return SecretLinks.Gone;
            var before = await pickups.OfLinkAsync(hash, cancellationToken);
            if (before.Count >= Limit)
                return new Problem(ProblemCode.TooManyRequests, $"{Limit} browsers asked with this link.");

            var (browser, browserHash) = OneTimeToken.New();
            var pickup = new Pickup(Id.New(time), hash, before.Count + 1, secret.Recipient)
            {
                BrowserHash = browserHash,
                Number = NewNumber(before),
                ExpiresAt = secret.NoLaterThan(now + Patience),
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

    /// <summary>Two browsers of one link never show the same number.</summary>
    private static string NewNumber(IReadOnlyList<Pickup> before)
    {
        string number;
        do
            number = RandomNumberGenerator.GetInt32(10_000).ToString("D4", CultureInfo.InvariantCulture);
        while (before.Any(p => p.Number == number));
        return number;
    }
}

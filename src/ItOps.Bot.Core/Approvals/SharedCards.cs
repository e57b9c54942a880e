using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>A card that several approvals share, as one person may see it now: with buttons on what they may decide.</summary>
public sealed class SharedCards(IApprovalStore approvals, Eligibility eligibility, LiveCards live, GroupCards cards)
{
    /// <summary>None when there is no such card. Whoever may decide some of it is shown that; whoever may decide nothing sees it without buttons.</summary>
    /// <param name="person">Who looks.</param>
    /// <param name="press">The card's id, with or without what a copy of it offered.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public async Task<Card?> ForAsync(Principal person, string press, CancellationToken cancellationToken)
    {
        var bundle = ApprovalBundles.BundleOf(press);
        var all = await approvals.ForBundleAsync(bundle, cancellationToken);
        var mine = new List<Approval>();
        foreach (var approval in all)
        {
            if (await eligibility.ObstacleAsync(approval, person, cancellationToken) is null)
                mine.Add(approval);
        }

        var parts = await live.PartsAsync(mine.Count > 0 ? mine : all, cancellationToken);
        return parts.Count == 0 ? null : cards.ForApprovers(bundle, parts, mine.Contains);
    }
}

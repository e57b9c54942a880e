using ItOps.Bot.HandOffs;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>Takes a press on a card to whoever the card is of: an approval, several that share a card, a hand-off, or a one-time link that somebody opened.</summary>
public sealed class Presses(ApprovalService approvals, BundlePresses bundles, IPickupStore pickups, PickupAnswers answers, HandOffPresses handOffs)
{
    /// <summary>Decides, or says why not. Safe to repeat.</summary>
    /// <exception cref="Commits.StoreUnavailableException">Nothing was decided; press again later.</exception>
    public async Task<Decided> DecideAsync(Principal actor, string id, Verdict verdict, string? note, string? typed, CancellationToken cancellationToken) =>
        HandOffPresses.Takes(verdict) ? await handOffs.PressAsync(actor, id, verdict, note, cancellationToken)
        : ApprovalBundles.IsBundle(id) ? await bundles.DecideAsync(actor, id, verdict, note, cancellationToken)
        : verdict is Verdict.ShowIt or Verdict.NotMe && await pickups.FindAsync(id, cancellationToken) is { } pickup
            ? await answers.AnswerAsync(actor, pickup, verdict, cancellationToken)
            : await approvals.DecideAsync(actor, id, verdict, note, typed, cancellationToken);
}

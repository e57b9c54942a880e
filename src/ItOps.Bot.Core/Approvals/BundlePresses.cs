using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>
/// A press on all that shares a card is a press on each that the card offered: every approval is judged and decided by itself, against its own digest, and one that
/// cannot be decided, or joined the card after it was drawn, is left out and named.
/// </summary>
public sealed class BundlePresses(ApprovalService service, IApprovalStore approvals, IRequestStore requests)
{
    public async Task<Decided> DecideAsync(Principal actor, string press, Verdict verdict, string? note, CancellationToken cancellationToken)
    {
        var bundle = ApprovalBundles.BundleOf(press);
        var all = await approvals.ForBundleAsync(bundle, cancellationToken);
        if (all.Count == 0 || verdict is not (Verdict.Approve or Verdict.Deny))
            return Refused(all.Count == 0 ? ProblemCode.NotAnApprover : ProblemCode.InvalidArguments);
        var offered = all.Where(a => ApprovalBundles.Offers(press, a)).ToList();
        if (offered.Count == 0)
            return new(DecidedKind.Refused, Words.English.CardHasChanged, new(ProblemCode.ApprovalClosed, "The card offered none of these."));

        var open = offered.Where(IsOpen).ToList();
        var presses = new List<(Approval Approval, Decided Decided)>();
        foreach (var approval in InOrder(open.Count > 0 ? open : offered, verdict))
            presses.Add((approval, await service.DecideAsync(actor, approval.Id, verdict, note, cancellationToken)));

        var counted = presses.Where(p => p.Decided.Kind == DecidedKind.Counted).ToList();
        var leftOut = presses.Except(counted).Select(p => (p.Approval, p.Decided.Text)).ToList();
        if (counted.Count == 0)
        {
            var first = presses[0].Decided;
            return leftOut.Select(l => l.Text).Distinct().Count() == 1 ? first : first with { Text = await NamedAsync(leftOut, cancellationToken) };
        }

        var now = await approvals.ForBundleAsync(bundle, cancellationToken);
        leftOut.AddRange(now.Where(a => IsOpen(a) && !ApprovalBundles.Offers(press, a)).Select(a => (a, Words.English.WasNotShown)));
        var settled = counted.Count(c => !IsOpen(now.First(a => a.Id == c.Approval.Id)));
        var done = Words.English.DecidedAll(settled, counted.Count - settled, verdict == Verdict.Approve);
        return leftOut.Count == 0
            ? new(DecidedKind.Counted, done)
            : new(DecidedKind.Partly, $"{done}\n{await NamedAsync(leftOut, cancellationToken)}");
    }

    private static bool IsOpen(Approval approval) => approval.Status == ApprovalStatus.Pending;

    /// <summary>What is denied last must not ask the requester first whether to go on with what is denied a moment later.</summary>
    private static IEnumerable<Approval> InOrder(List<Approval> approvals, Verdict verdict) => verdict == Verdict.Deny ? approvals.AsEnumerable().Reverse() : approvals;

    /// <summary>By number alone: whoever may not decide one of them need not learn what it is.</summary>
    private async Task<string> NamedAsync(IReadOnlyList<(Approval Approval, string Why)> leftOut, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (approval, why) in leftOut)
            lines.Add(Words.English.LeftOut((await requests.FindAsync(approval.RequestId, cancellationToken))?.Number ?? "", why));
        return string.Join('\n', lines);
    }

    private static Decided Refused(ProblemCode code) => new(DecidedKind.Refused, Words.English.DecisionRefused(code), new(code, "Not a card that this can be pressed on."));
}

using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>
/// A press on all that shares a card is a press on each: every approval is judged and decided by itself, against its own digest, and one that cannot be decided is left
/// out and named.
/// </summary>
public sealed class BundlePresses(ApprovalService service, IApprovalStore approvals, IRequestStore requests)
{
    public async Task<Decided> DecideAsync(Principal actor, string bundle, Verdict verdict, string? note, CancellationToken cancellationToken)
    {
        var all = await approvals.ForBundleAsync(bundle, cancellationToken);
        if (all.Count == 0 || verdict is not (Verdict.Approve or Verdict.Deny))
            return Refused(all.Count == 0 ? ProblemCode.NotAnApprover : ProblemCode.InvalidArguments);

        var open = all.Where(a => a.Status == ApprovalStatus.Pending).ToList();
        var presses = new List<(Approval Approval, Decided Decided)>();
        foreach (var approval in open.Count > 0 ? open : all)
            presses.Add((approval, await service.DecideAsync(actor, approval.Id, verdict, note, cancellationToken)));

        var counted = presses.Where(p => p.Decided.Kind == DecidedKind.Counted).ToList();
        var leftOut = presses.Except(counted).ToList();
        if (counted.Count == 0)
            return leftOut.Select(p => p.Decided.Text).Distinct().Count() == 1 ? leftOut[0].Decided : leftOut[0].Decided with { Text = await NamedAsync(leftOut, cancellationToken) };
        var done = Words.English.DecidedAll(counted.Count, verdict == Verdict.Approve);
        return leftOut.Count == 0
            ? new(DecidedKind.Counted, done)
            : new(DecidedKind.Partly, $"{done}\n{await NamedAsync(leftOut, cancellationToken)}");
    }

    /// <summary>By number alone: whoever may not decide one of them need not learn what it is.</summary>
    private async Task<string> NamedAsync(IReadOnlyList<(Approval Approval, Decided Decided)> leftOut, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (approval, decided) in leftOut)
            lines.Add(Words.English.LeftOut((await requests.FindAsync(approval.RequestId, cancellationToken))?.Number ?? "", decided.Text));
        return string.Join('\n', lines);
    }

    private static Decided Refused(ProblemCode code) => new(DecidedKind.Refused, Words.English.DecisionRefused(code), new(code, "Not a card that this can be pressed on."));
}

using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Approvals;

/// <summary>
/// Which approvals share a card: those of one message that the same people decide at the same places. What must be typed to be approved, and every question but that
/// of a change, keeps a card of its own.
/// </summary>
public sealed class ApprovalBundles(IApprovalStore approvals, IRequestStore requests, Eligibility eligibility, TimeProvider time)
{
    /// <summary>With more parts a card is no card any more, and a message no message: Slack takes some 11,000 characters, Teams 28 KB.</summary>
    public const int Most = 5;

    /// <summary>A card that was there for longer may have been read already, and its update would be told to nobody.</summary>
    private static readonly TimeSpan JoinWithin = TimeSpan.FromMinutes(10);

    // No digit of an approval's id.
    private const string Mark = "all-";

    private const char ShownMark = '.';

    /// <summary>Of an id only its end, which is random: Teams hands back at most 200 characters.</summary>
    private const int TagLength = 8;

    public static bool IsBundle(string id) => id.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>
    /// What the buttons for all carry: the card, and which approvals it offers. Others may join it, and a copy may be older than the press: nobody decides what they were
    /// not shown.
    /// </summary>
    public static string PressOf(string bundle, IEnumerable<Approval> offered) => string.Join(ShownMark, offered.Select(TagOf).Prepend(bundle));

    public static string BundleOf(string press) => press.Split(ShownMark)[0];

    public static bool Offers(string press, Approval approval) => press.Split(ShownMark).Skip(1).Contains(TagOf(approval));

    private static string TagOf(Approval approval) => approval.Id[^Math.Min(TagLength, approval.Id.Length)..];

    /// <summary>The card that the approval is to share, an open one or one that begins with it; none when it is to have its own.</summary>
    public async Task<string?> ForAsync(Commit commit, ServiceRequest request, Approval approval, CancellationToken cancellationToken)
    {
        if (request.Group is not { Of: > 1 } group || approval is not { Purpose: ApprovalPurpose.Change, TypeToConfirm: null })
            return null;
        foreach (var bundle in (await OfGroupAsync(commit, group.Id, cancellationToken)).GroupBy(a => a.Bundle))
        {
            if (bundle.Count() < Most && bundle.Any(a => a.Status == ApprovalStatus.Pending) && bundle.Max(a => time.GetUtcNow() - a.AskedAt) < JoinWithin
                && await SameAsync(bundle.First(a => a.Status == ApprovalStatus.Pending), approval, cancellationToken))
            {
                return bundle.Key;
            }
        }

        return Mark + Id.New(time);
    }

    /// <summary>Stored, or about to be by this very commit.</summary>
    private async Task<IEnumerable<Approval>> OfGroupAsync(Commit commit, string groupId, CancellationToken cancellationToken)
    {
        var pending = commit.Changes.OfType<ApprovalSaved>().Select(s => s.Approval).ToDictionary(a => a.Id);
        var ids = (await requests.ForGroupAsync(groupId, cancellationToken))
            .Concat(commit.Changes.OfType<RequestSaved>().Select(s => s.Request).Where(r => r.Group?.Id == groupId)).Select(r => r.Id).Distinct();
        var found = new List<Approval>();
        foreach (var id in ids)
        {
            found.AddRange((await approvals.ForRequestAsync(id, cancellationToken)).Where(a => !pending.ContainsKey(a.Id)));
            found.AddRange(pending.Values.Where(a => a.RequestId == id));
        }

        return found.Where(a => a.Bundle is not null);
    }

    private async Task<bool> SameAsync(Approval one, Approval other, CancellationToken cancellationToken) =>
        one.Quorum == other.Quorum
        && one.EscalateTo.ToHashSet().SetEquals(other.EscalateTo)
        && one.PostedTo.ToHashSet().SetEquals(other.PostedTo)
        && (await DecidersAsync(one, cancellationToken)).SetEquals(await DecidersAsync(other, cancellationToken));

    private async Task<HashSet<PersonId>> DecidersAsync(Approval approval, CancellationToken cancellationToken) =>
        [.. (await eligibility.DecidersAsync(approval, cancellationToken)).Select(p => p.Id)];
}

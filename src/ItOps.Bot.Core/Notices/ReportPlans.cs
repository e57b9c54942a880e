using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Notices;

/// <summary>Makes the plan that is kept ready beside a notice: it only takes away.</summary>
public sealed class ReportPlans(ApprovalPolicy policy, AccountDirectories directories, RequestCards cards, TimeProvider time)
{
    private static readonly (AccountAbilities Ability, string Operation)[] s_takingAway =
        [(AccountAbilities.Block, "account.block"), (AccountAbilities.RevokeSessions, "account.revoke-sessions")];

    public IReadOnlyList<string> Describe(IEnumerable<PlanStep> steps) => [.. steps.Select(cards.Describe)];

    /// <summary>A request that nobody has asked for: to block the accounts that the steps touched and to end their sessions, as far as their systems offer it.</summary>
    public ServiceRequest Prepare(ReportedAct act, IReadOnlyList<PlanStep> done)
    {
        var steps = new List<PlanStep>();
        foreach (var target in done.Select(s => s.Target).Where(t => AccountId.Parse(t.Id) is not null).DistinctBy(t => t.Id))
        {
            foreach (var (ability, operation) in s_takingAway)
            {
                if (directories.Offers(AccountId.Parse(target.Id)!.System, ability))
                    steps.Add(new(operation, new([new("account", target.Id)]), target));
            }
        }

        var id = Id.New(time);
        var plan = new Plan("-", 0, policy.Version, steps);
        return new(id, Id.NewRequestNumber(), new(AuditEntry.Bot), AuditEntry.Bot, new("report", id), "-", steps.Count > 0 ? cards.Describe(steps[0]) : act.Title)
        {
            Status = RequestStatus.Prepared,
            OpenedAt = act.At,
            UpdatedAt = act.At,
            Version = 1,
            Plan = plan,
            Previews = [.. steps.Select(s => new Preview(s.Target, []) { PlainState = "" })],
            Digest = PlanDigest.Of(plan),
            Report = act,
        };
    }
}

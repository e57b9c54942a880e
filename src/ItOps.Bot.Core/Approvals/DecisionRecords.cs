using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>
/// Keeps how people decide: how often, and how soon after the card came. Whoever decides more often than a person who reads can is stopped, and security hears of it
/// once. What people answer about themselves is not counted.
/// </summary>
public sealed class DecisionRecords(IDecisionStore decisions, ApprovalPolicy policy, IPersonDirectory people, Reach reach, Committer committer, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Whether the person has decided too often to decide this too.</summary>
    public async Task<Problem?> ObstacleAsync(Principal actor, Approval approval, CancellationToken cancellationToken)
    {
        if (approval.Purpose == ApprovalPurpose.Consent
            || await decisions.CountSinceAsync(actor.Id, time.GetUtcNow() - Window, cancellationToken) < policy.ApprovalsPerHour)
        {
            return null;
        }

        await TellSecurityAsync(actor, approval, cancellationToken);
        return new(ProblemCode.TooManyDecisions, $"{actor.Id} decided {policy.ApprovalsPerHour} times in an hour.");
    }

    /// <summary>How soon a yes came, for the audit entry of the approval.</summary>
    public IReadOnlyList<(string, string)> Pace(Approval approval, DateTimeOffset at)
    {
        var seconds = ("afterSeconds", ((long)(at - approval.AskedAt).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return IsHasty(approval, at) ? [seconds, ("hasty", "yes")] : [seconds];
    }

    /// <summary>Adds the decision to the commit of the press, unless the press decided nothing.</summary>
    internal DecisionRecord? Add(Press press, Principal actor, Approval approval, Verdict verdict)
    {
        if (approval.Purpose == ApprovalPurpose.Consent || press.Decided.Kind is not (DecidedKind.Counted or DecidedKind.Asked))
            return null;
        var kind = verdict switch
        {
            Verdict.Deny => DecisionKind.Denied,
            Verdict.Ask => DecisionKind.Asked,
            _ => DecisionKind.Approved,
        };
        var now = time.GetUtcNow();
        var record = Record(Id.New(time), actor, approval, kind) with { IsHasty = kind == DecisionKind.Approved && IsHasty(approval, now) };
        press.Commit.Add(new DecisionRecorded(record, now - Window, policy.ApprovalsPerHour));
        return record;
    }

    internal static void Measure(DecisionRecord? record)
    {
        if (record is null)
            return;
        Telemetry.DecisionSeconds.Record(record.After.TotalSeconds, new KeyValuePair<string, object?>("kind", record.Kind.ToString()));
        if (record.IsHasty)
            Telemetry.HastyDecisions.Add(1);
    }

    private bool IsHasty(Approval approval, DateTimeOffset at) =>
        approval.Purpose is ApprovalPurpose.Change or ApprovalPurpose.Attestation && at - approval.AskedAt < policy.HastyBelow;

    private DecisionRecord Record(string id, Principal actor, Approval approval, DecisionKind kind)
    {
        var now = time.GetUtcNow();
        return new(id, approval.Id, approval.RequestId, actor.Id, actor.Person.DisplayName, approval.Requester, kind, now) { After = now - approval.AskedAt };
    }

    /// <summary>The record's id is the person and the hour, so that a second one is a conflict and nobody is told again.</summary>
    private async Task TellSecurityAsync(Principal actor, Approval approval, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var record = Record(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"limited:{actor.Id}:{now:yyyyMMddHH}"), actor, approval, DecisionKind.Limited);
        var commit = new Commit()
            .Add(new DecisionRecorded(record, now, int.MaxValue))
            .Audit(AuditEntry.By(actor.Person, "approver.limited", actor.Id.Value, null, ("limit", $"{policy.ApprovalsPerHour}"), ("channel", actor.Via.Channel)));
        var text = Words.English.ApproverDecidesTooMuch(actor.Person.DisplayName, policy.ApprovalsPerHour);
        foreach (var member in await people.MembersOfAsync(policy.SecurityGroup, cancellationToken))
        {
            foreach (var place in await reach.OfAsync(member.Id, cancellationToken))
                commit.Add(new MessageQueued(new(Id.New(time), place, new(text), now)));
        }

        if (await committer.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
            Telemetry.LimitedApprovers.Add(1);
    }
}

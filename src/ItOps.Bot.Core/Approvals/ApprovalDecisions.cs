using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.Notices;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>What a press changes, worked out before it is committed.</summary>
internal sealed record Press(Commit Commit, Decided Decided);

/// <summary>
/// Works out what one press on a card means for an approval that is still open. It writes nothing: <see cref="ApprovalService"/> commits the outcome, or
/// throws it away when somebody else was faster.
/// </summary>
public sealed class ApprovalDecisions(ApprovalDesk desk, ApprovalPosts posts, HandOffDesk handOffs, ReportDesk reports, DecisionRecords records, TimeProvider time)
{
    internal async Task<Press> DecideAsync(
        Approval approval, ServiceRequest request, IReadOnlyList<StepRecord> steps, Principal actor, Verdict verdict, string? note, CancellationToken cancellationToken)
    {
        if (request.Plan is null || PlanDigest.Of(request.Plan) != approval.Digest)
            return await PlanWasEditedAsync(approval, request, actor, cancellationToken);
        if (approval.Purpose == ApprovalPurpose.Report)
            return await reports.PressAsync(approval, request, actor, cancellationToken);
        if (verdict == Verdict.Ask)
            return Question(approval, request, steps, actor, note ?? "");

        // What the policy asks for may have grown since the card was sent.
        if (verdict == Verdict.Approve && approval.Purpose == ApprovalPurpose.Change && desk.Unproven(request) is { } unproven)
            return Refuse(approval, actor, unproven);

        var vote = new Vote(actor.Id, actor.Person.DisplayName, verdict, time.GetUtcNow(), actor.Via.Channel, note);
        var voted = approval with { Version = approval.Version + 1, Votes = [.. approval.Votes, vote] };
        if (verdict == Verdict.Deny)
            return Deny(voted, request, steps, actor, note);
        var people = voted.Votes.Select(v => v.Person).Distinct().Count();
        return people < voted.Quorum
            ? Count(voted, request, steps, actor)
            : await GrantAsync(voted with { Status = ApprovalStatus.Granted }, request, steps, actor, verdict, cancellationToken);
    }

    private static Press Refuse(Approval approval, Principal actor, Problem problem) => new(
        new Commit().Audit(Entry(actor, "approval.refused", approval, ("why", problem.Code.ToString()))),
        new(DecidedKind.Refused, Words.English.DecisionRefused(problem.Code), problem));

    private Press Count(Approval approval, ServiceRequest request, IReadOnlyList<StepRecord> steps, Principal actor)
    {
        var commit = new Commit().Add(new ApprovalSaved(approval)).Audit(Entry(actor, "approval.counted", approval));
        posts.Update(commit, request, [approval], steps);
        return new(commit, Say(DecidedKind.Counted, DecisionOutcome.CountedOneOfMany));
    }

    private async Task<Press> GrantAsync(
        Approval approval, ServiceRequest request, IReadOnlyList<StepRecord> steps, Principal actor, Verdict verdict, CancellationToken cancellationToken)
    {
        var commit = new Commit().Add(new ApprovalSaved(approval)).Audit(Entry(actor, "approval.granted", approval, [("verdict", verdict.ToString()), .. records.Pace(approval, time.GetUtcNow())]));
        if (approval.Purpose == ApprovalPurpose.Attestation)
            return await AskApproversAsync(commit, approval, request, actor, cancellationToken);

        var approved = request with
        {
            Status = RequestStatus.Approved,
            Version = request.Version + 1,
            UpdatedAt = time.GetUtcNow(),
            Fence = request.Fence + 1,
            LeaseUntil = null,
        };
        commit.Add(new RequestSaved(approved));
        if (approval.Purpose == ApprovalPurpose.Outcome)
            Settle(commit, steps, approved, verdict);
        posts.Update(commit, approved, [approval], steps);
        return new(commit, Say(DecidedKind.Counted, DecisionOutcome.Approved));
    }

    /// <summary>A person looked at the system: the step that was in doubt is done, or is planned again.</summary>
    private void Settle(Commit commit, IReadOnlyList<StepRecord> steps, ServiceRequest request, Verdict verdict)
    {
        foreach (var step in steps.Where(s => s.Status == StepStatus.Unknown))
        {
            commit.Add(new StepJournaled(step with
            {
                Status = verdict == Verdict.ItHappened ? StepStatus.Succeeded : StepStatus.Planned,
                Fence = request.Fence,
                EndedAt = time.GetUtcNow(),
                VerifiedText = verdict == Verdict.ItHappened ? "A person looked and found it done." : null,
            }));
        }
    }

    private async Task<Press> AskApproversAsync(
        Commit commit, Approval attested, ServiceRequest request, Principal actor, CancellationToken cancellationToken)
    {
        request = request with { Version = request.Version + 1, UpdatedAt = time.GetUtcNow(), Evidence = [.. request.Evidence, Evidence(attested, actor)] };
        var change = await desk.ChangeAsync(request, cancellationToken);
        if (change.Failed)
        {
            request = await handOffs.ToHumanAsync(commit, request with { Version = request.Version - 1 }, change.Problem.Detail, [], cancellationToken);
            commit.Add(new TurnAccepted(RequestTurn.For(request, RequestEvent.Failed, time)));
            posts.Update(commit, request, [attested], []);
            return new(commit, Say(DecidedKind.Counted, DecisionOutcome.Confirmed));
        }

        var asked = await posts.OpenAsync(commit, request, change.Value, null, [], cancellationToken);
        commit.Add(new RequestSaved(request));
        commit.Audit(AuditEntry.ByBot("approval.asked", asked.Id, request.Id, ("digest", asked.Digest), ("purpose", asked.Purpose.ToString())));
        commit.Add(new TurnAccepted(RequestTurn.For(request, RequestEvent.Attested, time)));
        posts.Update(commit, request, [attested], []);
        return new(commit, Say(DecidedKind.Counted, DecisionOutcome.Confirmed));
    }

    private AssuranceEvidence Evidence(Approval attested, Principal actor)
    {
        var isOwner = attested.Targets.Contains(actor.Id);
        var method = attested.Proves switch
        {
            Proof.InPerson => AssuranceMethod.InPerson,
            _ => isOwner ? AssuranceMethod.Owner : AssuranceMethod.Manager,
        };
        return new(method, time.GetUtcNow()) { By = actor.Id, ByName = actor.Person.DisplayName, Through = actor.Via.Channel };
    }

    private Press Deny(Approval approval, ServiceRequest request, IReadOnlyList<StepRecord> steps, Principal actor, string? note)
    {
        approval = approval with { Status = ApprovalStatus.Denied };
        var denied = request with { Status = RequestStatus.Denied, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        var commit = new Commit()
            .Add(new ApprovalSaved(approval))
            .Add(new RequestSaved(denied))
            .Add(new TurnAccepted(RequestTurn.For(denied, RequestEvent.Denied, time)))
            .Audit(Entry(actor, "approval.denied", approval, ("reason", note ?? "")));
        posts.Update(commit, denied, [approval], steps);
        return new(commit, Say(DecidedKind.Counted, DecisionOutcome.Denied));
    }

    private Press Question(Approval approval, ServiceRequest request, IReadOnlyList<StepRecord> steps, Principal actor, string text)
    {
        var question = new ApproverQuestion(Id.New(time), actor.Id, actor.Person.DisplayName, text, time.GetUtcNow(), null);
        approval = approval with { Version = approval.Version + 1, Questions = [.. approval.Questions, question] };
        var turn = RequestTurn.For(request, RequestEvent.Questioned, time);
        var commit = new Commit()
            .Add(new ApprovalSaved(approval))
            .Add(new TurnAccepted(turn with { Id = $"{request.Id}:question:{question.Id}", Question = new(approval.Id, question.Id) }))
            .Audit(Entry(actor, "approval.questioned", approval));
        posts.Update(commit, request, [approval], steps);
        return new(commit, Say(DecidedKind.Asked, DecisionOutcome.Asked));
    }

    private async Task<Press> PlanWasEditedAsync(Approval approval, ServiceRequest request, Principal actor, CancellationToken cancellationToken)
    {
        var withdrawn = approval with { Status = ApprovalStatus.Withdrawn, Version = approval.Version + 1 };
        var commit = new Commit().Add(new ApprovalSaved(withdrawn)).Audit(Entry(actor, "approval.plan-changed", approval));
        var stopped = await handOffs.ToSecurityAsync(
            commit, request, new(ProblemCode.PlanChanged, "The stored plan is not the one that was put up for approval."), [], cancellationToken);
        posts.Update(commit, stopped, [withdrawn], []);
        return new(commit, new(DecidedKind.Refused, Words.English.DecisionRefused(ProblemCode.PlanChanged), stopped.Problem));
    }

    private static Decided Say(DecidedKind kind, DecisionOutcome outcome) => new(kind, Words.English.Decision(outcome, null));

    private static AuditEntry Entry(Principal actor, string action, Approval approval, params IReadOnlyList<(string, string)> facts) =>
        AuditEntry.By(actor.Person, action, approval.Id, approval.RequestId, [("channel", actor.Via.Channel), ("digest", approval.Digest), ("purpose", approval.Purpose.ToString()), .. facts]);
}

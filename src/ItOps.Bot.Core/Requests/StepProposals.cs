using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Requests;

/// <summary>
/// What the bot does in the middle of a guide: what only reads is put to the requester, a change to whoever decides about it. What cannot be done here is
/// noted, and the guide goes on without it.
/// </summary>
public sealed class StepProposals(
    RequestDrafts drafts,
    ApprovalDesk desk,
    ApprovalPosts posts,
    AssuranceDesk assurance,
    TargetGuard guard,
    RunbookCatalog runbooks,
    OperationCatalog operations,
    IPlanner planner,
    TimeProvider time)
{
    public async Task<DialogTrigger> ProposeAsync(DialogTurn turn, GuidePlace at, CancellationToken cancellationToken)
    {
        var runbook = runbooks.Find(at.RunbookId, at.Version)!;
        var request = await drafts.LoadAsync(turn, at.RequestId, cancellationToken);
        switch (await planner.PlanStepsAsync(runbook, at, request.Parameters, turn.Actor.Id, cancellationToken))
        {
            case PlanReady { Plan: var prepared }:
                var planned = RequestDrafts.WithPlan(request, prepared) with { Words = request.Words, GuideStep = at.Step, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
                return PlanValidator.OnlyReads(prepared.Plan, operations)
                    ? await AskRequesterAsync(turn, at, planned with { Title = request.Title }, prepared.Title, cancellationToken)
                    : await AskApproversAsync(turn, at, planned, prepared, cancellationToken);
            case NothingToDo:
                return Impossible(turn, at, "There is nothing to change.");
            case Refused refused:
                return Impossible(turn, at, refused.Problem.ToString());
            case var other:
                throw new InvalidOperationException($"A step of a guide cannot end in {other}.");
        }
    }

    private async Task<DialogTrigger> AskRequesterAsync(DialogTurn turn, GuidePlace at, ServiceRequest planned, string what, CancellationToken cancellationToken)
    {
        var opened = await desk.OpenAsync(planned, word: null, cancellationToken);
        if (opened.Failed)
            return Impossible(turn, at, opened.Problem.ToString());
        var approval = opened.Value;
        turn.Commit.Add(new RequestSaved(planned)).Add(new ApprovalSaved(approval));
        turn.Commit.Audit(AuditEntry.ByBot("approval.asked", approval.Id, planned.Id, ("digest", approval.Digest), ("purpose", approval.Purpose.ToString())));
        turn.Say(turn.Words.MayICheck(what), new Option(w => w.Yes, new SaidYes()), new Option(w => w.No, new SaidNo()));
        return new CheckProposed(at, approval.Id);
    }

    private async Task<DialogTrigger> AskApproversAsync(DialogTurn turn, GuidePlace at, ServiceRequest planned, PreparedPlan prepared, CancellationToken cancellationToken)
    {
        var request = planned with { Status = RequestStatus.AwaitingApproval };
        var obstacle = await guard.ObstacleAsync(prepared.Plan, turn.Commit, cancellationToken) ?? assurance.Obstacle(prepared.Plan, request.Requester, request.Evidence);
        if (obstacle is not null)
            return Impossible(turn, at, obstacle.ToString());
        var drafted = await desk.OpenAsync(request, word: null, cancellationToken);
        if (drafted.Failed)
            return Impossible(turn, at, drafted.Problem.ToString());

        foreach (var use in guard.Uses(request.Id, prepared.Plan))
            turn.Commit.Add(new TargetNoted(use));
        turn.Commit.Add(new RequestSaved(request));
        var approval = await posts.OpenAsync(turn.Commit, request, drafted.Value, null, [], cancellationToken);
        turn.Commit.Audit(AuditEntry.ByBot("approval.asked", approval.Id, request.Id, ("digest", approval.Digest), ("purpose", approval.Purpose.ToString())));
        turn.Say(turn.Words.AskedApprovers(prepared.PlainStateFor(turn.Actor.Id, turn.Words.Language), await posts.WhoAsync(approval, cancellationToken), request.Number));
        posts.PostToRequester(turn.Commit, request, [approval]);
        return new Submitted(request.Id);
    }

    private static StepImpossible Impossible(DialogTurn turn, GuidePlace at, string why)
    {
        turn.Commit.Audit(AuditEntry.ByBot("check.impossible", at.RequestId, at.RequestId, ("why", why)));
        return new(at);
    }
}

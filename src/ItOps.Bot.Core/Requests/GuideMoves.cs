using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>What a requester's turn does to a request that is worked on together: its steps, and the checks that only read. Everything goes into the turn's commit.</summary>
public sealed class GuideMoves(
    IApprovalStore approvals, RequestDrafts drafts, ApprovalDesk desk, ApprovalDecisions decisions, RunbookCatalog runbooks, IPlanner planner, TimeProvider time)
{
    public async Task<DialogTrigger?> PerformAsync(DialogEffect effect, DialogTurn turn, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case OpenGuide guide:
                return await OpenGuideAsync(turn, guide, cancellationToken);
            case NoteStep note:
                NoteStep(turn, note);
                return null;
            case ProposeCheck check:
                return await ProposeCheckAsync(turn, check, cancellationToken);
            case DecideConsent consent:
                await DecideConsentAsync(turn, consent, cancellationToken);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "An effect that is no part of a guide.");
        }
    }

    private async Task<DialogTrigger> OpenGuideAsync(DialogTurn turn, OpenGuide guide, CancellationToken cancellationToken)
    {
        if (await drafts.AskedTooOftenAsync(turn, cancellationToken))
            return new Refused(drafts.TooOften, guide.RunbookId, null);
        var request = await drafts.NewAsync(turn, guide.RunbookId, runbooks.Find(guide.RunbookId)!.Title, guide.Text, cancellationToken);
        turn.Commit.Add(new RequestSaved(request)).Audit(AuditEntry.By(
            turn.Actor.Person, "request.opened", request.Id, request.Id, ("number", request.Number), ("title", request.Title), ("assurance", request.Assurance)));
        turn.Memory = turn.Memory with { RunbookId = guide.RunbookId, RequestId = request.Id, Parameters = new Dictionary<string, ParameterValue>() };
        return new GuideOpened(request.Id, guide.RunbookId);
    }

    private void NoteStep(DialogTurn turn, NoteStep note)
    {
        var text = runbooks.Find(note.RunbookId)?.Steps.ElementAtOrDefault(note.Step) is GuideStep step ? step.Text : "";
        turn.Commit.Audit(AuditEntry.By(
            turn.Actor.Person, note.Worked ? "guide.worked" : "guide.did-not-work", $"{note.RequestId}#{note.Step}", note.RequestId, ("step", text)));
    }

    private async Task<DialogTrigger?> ProposeCheckAsync(DialogTurn turn, ProposeCheck check, CancellationToken cancellationToken)
    {
        var runbook = runbooks.Find(check.RunbookId)!;
        var step = (DiagnoseStep)runbook.Steps[check.Step];
        var request = await drafts.LoadAsync(turn, check.RequestId, cancellationToken);
        switch (await planner.PlanCheckAsync(runbook, step, cancellationToken))
        {
            case PlanReady ready:
                var planned = RequestDrafts.WithPlan(request, ready.Plan) with { Title = request.Title, Words = request.Words, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
                var approval = (await desk.OpenAsync(planned, word: null, cancellationToken)).Value;
                turn.Commit.Add(new RequestSaved(planned)).Add(new ApprovalSaved(approval));
                turn.Commit.Audit(AuditEntry.ByBot("approval.asked", approval.Id, request.Id, ("digest", approval.Digest), ("purpose", approval.Purpose.ToString())));
                turn.Say(turn.Words.MayICheck(step.Title), new Option(w => w.Yes, new SaidYes()), new Option(w => w.No, new SaidNo()));
                return new CheckProposed(request.Id, approval.Id, check.RunbookId, check.Step);
            case Refused refused:
                turn.Commit.Audit(AuditEntry.ByBot("check.impossible", request.Id, request.Id, ("why", refused.Problem.ToString())));
                return new CheckImpossible(request.Id, check.RunbookId, check.Step);
            case var other:
                throw new InvalidOperationException($"A check cannot end in {other}.");
        }
    }

    private async Task DecideConsentAsync(DialogTurn turn, DecideConsent consent, CancellationToken cancellationToken)
    {
        var approval = await approvals.FindAsync(consent.ApprovalId, cancellationToken);
        if (approval is not { Status: ApprovalStatus.Pending } || approval.ExpiresAt <= time.GetUtcNow() || approval.Requester != turn.Actor.Id)
        {
            turn.Say(turn.Words.QuestionIsClosed);
            return;
        }

        if (!consent.Yes)
        {
            turn.Commit.Add(new ApprovalSaved(approval with { Status = ApprovalStatus.Withdrawn, Version = approval.Version + 1 }));
            turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, "consent.declined", approval.Id, approval.RequestId));
            return;
        }

        var request = await drafts.LoadAsync(turn, approval.RequestId, cancellationToken);
        var press = await decisions.DecideAsync(approval, request, [], turn.Actor, Verdict.Approve, null, cancellationToken);
        turn.Commit.Add(press.Commit);
        turn.Say(press.Decided.Kind == DecidedKind.Counted ? turn.Words.Checking : turn.Words.QuestionIsClosed);
    }
}

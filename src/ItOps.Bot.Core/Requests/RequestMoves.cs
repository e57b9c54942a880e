using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>What a requester's turn does to requests: open, guide, agree to a check, cancel, resolve, hand over. Everything goes into the turn's commit.</summary>
public sealed class RequestMoves(
    IRequestStore requests,
    IApprovalStore approvals,
    ApprovalPolicy policy,
    ApprovalDesk desk,
    ApprovalPosts posts,
    ApprovalDecisions decisions,
    HandOffDesk handOffs,
    RunbookCatalog runbooks,
    IPlanner planner,
    TimeProvider time)
{
    public async Task<DialogTrigger?> PerformAsync(DialogEffect effect, DialogTurn turn, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case Submit submit:
                return await SubmitAsync(turn, submit.Plan, cancellationToken);
            case PrepareUndo:
                return await PrepareUndoAsync(turn, cancellationToken);
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
            case CancelRequest cancel:
                await CancelAsync(turn, cancel.RequestId, cancellationToken);
                return null;
            case Resolve resolve:
                await ResolveAsync(turn, resolve.RequestId, cancellationToken);
                return null;
            case HandOff handOff:
                return await HandOffAsync(turn, handOff, cancellationToken);
            case TellOther tell:
                return await TellOtherAsync(turn, tell, cancellationToken);
            case AnswerApprover answer:
                await AnswerApproverAsync(turn, answer, cancellationToken);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "An effect that nobody performs.");
        }
    }

    /// <summary>A refusal is recorded; one that touches a protected account is also shown to security.</summary>
    public async Task NoteRefusalAsync(DialogTurn turn, Refused refused, CancellationToken cancellationToken)
    {
        turn.Commit.Audit(AuditEntry.By(
            turn.Actor.Person, "request.refused", refused.RunbookId ?? "-", null, ("why", refused.Problem.Code.ToString()), ("detail", refused.Problem.Detail)));
        if (refused.Problem.Code is not (ProblemCode.PrivilegedTarget or ProblemCode.ServiceAccount))
            return;
        if (await AskedTooOftenAsync(turn, cancellationToken))
            return;
        var request = New(turn, refused.RunbookId ?? "-", runbooks.Find(refused.RunbookId)?.Title ?? "Refused request", "");
        await handOffs.TellSecurityAsync(turn.Commit, request, refused.Problem, cancellationToken);
    }

    private async Task<DialogTrigger> SubmitAsync(DialogTurn turn, PreparedPlan prepared, CancellationToken cancellationToken)
    {
        if (await AskedTooOftenAsync(turn, cancellationToken))
            return new Refused(TooOften, prepared.Plan.RunbookId, null);
        var request = WithPlan(New(turn, prepared.Plan.RunbookId, prepared.Title, prepared.Words), prepared) with { Status = RequestStatus.AwaitingApproval };
        var drafted = await desk.OpenAsync(request, prepared.NeedsAttestation, cancellationToken);
        if (drafted.Failed)
            return new Refused(drafted.Problem, request.RunbookId, null);

        var attest = drafted.Value.Purpose == ApprovalPurpose.Attestation;
        turn.Commit.Add(new RequestSaved(request)).Audit(AuditEntry.By(
            turn.Actor.Person, "request.opened", request.Id, request.Id, ("number", request.Number), ("title", request.Title), ("assurance", request.Assurance), ("digest", request.Digest!)));
        var approval = await posts.OpenAsync(turn.Commit, request, drafted.Value, null, [], cancellationToken);
        turn.Commit.Audit(AuditEntry.ByBot("approval.asked", approval.Id, request.Id, ("digest", approval.Digest), ("purpose", approval.Purpose.ToString())));

        var who = await posts.WhoAsync(approval, cancellationToken);
        turn.Say(attest ? turn.Words.AskedToAttest(who, request.Number) : turn.Words.AskedApprovers(prepared.PlainStateFor(turn.Actor.Id), who, request.Number));
        posts.PostToRequester(turn.Commit, request, [approval]);
        var other = prepared.Plan.TargetOwners.FirstOrDefault(o => o != turn.Actor.Id);
        turn.Memory = turn.Memory with
        {
            RunbookId = request.RunbookId,
            Parameters = prepared.Parameters,
            RequestId = request.Id,
            OtherPerson = other.Value is null ? turn.Memory.OtherPerson : other,
        };
        return new Submitted(request.Id);
    }

    private async Task<DialogTrigger?> PrepareUndoAsync(DialogTurn turn, CancellationToken cancellationToken)
    {
        var last = turn.Memory.RequestId is { } id ? await requests.FindAsync(id, cancellationToken) : null;
        if (last is { Status: RequestStatus.Succeeded, Plan: { } plan } && last.Requester == turn.Actor.Id)
            return await planner.PlanUndoAsync(plan, last.Title, turn.Actor, cancellationToken);
        turn.Say(turn.Words.CannotUndo);
        return null;
    }

    private async Task<DialogTrigger> OpenGuideAsync(DialogTurn turn, OpenGuide guide, CancellationToken cancellationToken)
    {
        if (await AskedTooOftenAsync(turn, cancellationToken))
            return new Refused(TooOften, guide.RunbookId, null);
        var request = New(turn, guide.RunbookId, runbooks.Find(guide.RunbookId)!.Title, guide.Text);
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
        var request = await LoadAsync(turn, check.RequestId, cancellationToken);
        switch (await planner.PlanCheckAsync(runbook, step, cancellationToken))
        {
            case PlanReady ready:
                var planned = WithPlan(request, ready.Plan) with { Title = request.Title, Words = request.Words, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
                var approval = (await desk.OpenAsync(planned, attest: false, cancellationToken)).Value;
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

        var request = await LoadAsync(turn, approval.RequestId, cancellationToken);
        var press = await decisions.DecideAsync(approval, request, [], turn.Actor, Verdict.Approve, null, cancellationToken);
        turn.Commit.Add(press.Commit);
        turn.Say(press.Decided.Kind == DecidedKind.Counted ? turn.Words.Checking : turn.Words.QuestionIsClosed);
    }

    private async Task CancelAsync(DialogTurn turn, string? requestId, CancellationToken cancellationToken)
    {
        if (requestId is null)
        {
            var open = (await requests.ByRequesterAsync(turn.Actor.Id, 20, cancellationToken)).Where(r => r.IsOpen && r.Status != RequestStatus.Unknown).ToList();
            if (open.Count != 1)
            {
                if (open.Count == 0)
                    turn.Say(turn.Words.NothingToCancel);
                else
                    turn.Say(turn.Words.WhichToCancel, [.. open.Take(5).Select(r => new Option(_ => $"{r.Number}: {r.Title}", new CancelPicked(r.Id)))]);
                return;
            }

            requestId = open[0].Id;
        }

        var request = await LoadAsync(turn, requestId, cancellationToken);
        if (request.Requester != turn.Actor.Id || request.Status is not (RequestStatus.Draft or RequestStatus.AwaitingApproval))
        {
            turn.Say(turn.Words.TooLateToCancel(request.Number));
            return;
        }

        var cancelled = request with { Status = RequestStatus.Cancelled, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        turn.Commit.Add(new RequestSaved(cancelled)).Audit(AuditEntry.By(turn.Actor.Person, "request.cancelled", request.Id, request.Id));
        await CloseApprovalsAsync(turn, cancelled, cancellationToken);
        turn.Say(turn.Words.Cancelled(request.Number));
    }

    private async Task ResolveAsync(DialogTurn turn, string requestId, CancellationToken cancellationToken)
    {
        var request = await LoadAsync(turn, requestId, cancellationToken);
        if (request.Requester != turn.Actor.Id || request.Status is not (RequestStatus.Draft or RequestStatus.Succeeded))
            return;
        var resolved = request with { Helped = true, Status = RequestStatus.Succeeded, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        turn.Commit.Add(new RequestSaved(resolved)).Audit(AuditEntry.By(turn.Actor.Person, "request.resolved", request.Id, request.Id));
    }

    private async Task<DialogTrigger> HandOffAsync(DialogTurn turn, HandOff handOff, CancellationToken cancellationToken)
    {
        var found = handOff.RequestId is { } id ? await LoadAsync(turn, id, cancellationToken) : null;
        if (found is { Status: RequestStatus.HandedOff } && handOff.Cause == HandOffCause.PersonAsked)
        {
            turn.Say(turn.Words.HandedOff(found.Number, tried: true));
            return new HandOffOpened(found.Id);
        }

        // A run is not taken out of its runner's hands, and nobody hands over what is not theirs: a person is asked beside it.
        if (found is null or { Status: RequestStatus.Approved or RequestStatus.Running or RequestStatus.Verifying } || found.Requester != turn.Actor.Id)
        {
            if (await AskedTooOftenAsync(turn, cancellationToken))
                return new Refused(TooOften, null, null);
            found = null;
        }

        var request = found ?? New(turn, "-", Words.English.TalkToAHuman, turn.Memory.Wish) with { Version = 0 };
        var reason = handOff.Reason ?? handOff.Cause switch
        {
            HandOffCause.PersonAsked => "They asked for a person.",
            HandOffCause.DidNotHelp => "What the bot did or suggested did not help.",
            HandOffCause.EndOfRunbook => "The runbook has no further step.",
            _ => "It failed.",
        };
        request = await handOffs.ToHumanAsync(
            turn.Commit, request with { Helped = handOff.Cause == HandOffCause.DidNotHelp ? false : request.Helped }, reason, await requests.StepsAsync(request.Id, cancellationToken), cancellationToken);
        await CloseApprovalsAsync(turn, request, cancellationToken);
        turn.Say(turn.Words.HandedOff(request.Number, tried: found is not null));
        return new HandOffOpened(request.Id);
    }

    private async Task<DialogTrigger?> TellOtherAsync(DialogTurn turn, TellOther tell, CancellationToken cancellationToken)
    {
        if (!await handOffs.PointOutAsync(turn.Commit, turn.Actor.Person, tell, cancellationToken))
            return new AskedHuman();
        turn.Say(turn.Words.PassedOn);
        return null;
    }

    private async Task AnswerApproverAsync(DialogTurn turn, AnswerApprover answer, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(answer.Question.ApprovalId, cancellationToken) is not { Status: ApprovalStatus.Pending } approval)
        {
            turn.Say(turn.Words.QuestionIsClosed);
            return;
        }

        turn.Say(turn.Words.PassedOn);
        var answered = approval with
        {
            Version = approval.Version + 1,
            Questions = [.. approval.Questions.Select(q => q.Id == answer.Question.QuestionId ? q with { Answer = ServiceRequest.CutWords(answer.Text) } : q)],
        };
        turn.Commit.Add(new ApprovalSaved(answered)).Audit(AuditEntry.By(turn.Actor.Person, "approval.answered", approval.Id, approval.RequestId));
        posts.Update(turn.Commit, await LoadAsync(turn, approval.RequestId, cancellationToken), [answered], []);
    }

    private async Task CloseApprovalsAsync(DialogTurn turn, ServiceRequest request, CancellationToken cancellationToken)
    {
        var closed = new List<Approval>();
        foreach (var approval in await approvals.ForRequestAsync(request.Id, cancellationToken))
        {
            if (approval.Status != ApprovalStatus.Pending)
                continue;
            closed.Add(approval with { Status = ApprovalStatus.Withdrawn, Version = approval.Version + 1 });
            turn.Commit.Add(new ApprovalSaved(closed[^1]));
        }

        posts.Update(turn.Commit, request, closed, []);
    }

    private Problem TooOften => new(ProblemCode.TooManyRequests, $"More than {policy.RequestsPerHour} requests in an hour.");

    private async Task<bool> AskedTooOftenAsync(DialogTurn turn, CancellationToken cancellationToken) =>
        await requests.CountSinceAsync(turn.Actor.Id, time.GetUtcNow() - TimeSpan.FromHours(1), cancellationToken) >= policy.RequestsPerHour;

    private async Task<ServiceRequest> LoadAsync(DialogTurn turn, string requestId, CancellationToken cancellationToken) =>
        turn.Commit.Pending(requestId) ?? await requests.FindAsync(requestId, cancellationToken)
        ?? throw new InvalidOperationException($"Request {requestId} is not stored.");

    private ServiceRequest New(DialogTurn turn, string runbookId, string title, string words)
    {
        var now = time.GetUtcNow();
        return new(Id.New(time), Id.NewRequestNumber(), turn.Actor.Id, turn.Actor.Person.DisplayName, turn.Conversation, runbookId, title)
        {
            OpenedAt = now,
            UpdatedAt = now,
            Version = 1,
            Words = ServiceRequest.CutWords(words),
            Assurance = Words.English.Assurance(turn.Actor.Assurance.Method, turn.Actor.Via.Channel),
        };
    }

    private static ServiceRequest WithPlan(ServiceRequest request, PreparedPlan prepared) => request with
    {
        Title = prepared.Title,
        Plan = prepared.Plan,
        Previews = prepared.Previews,
        Digest = PlanDigest.Of(prepared.Plan),
    };
}

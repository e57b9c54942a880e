using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Requests;

/// <summary>What a requester's turn does to requests: open, cancel, resolve, hand over, answer; guides are <see cref="GuideMoves"/>. Everything goes into the turn's commit.</summary>
public sealed class RequestMoves(
    IRequestStore requests,
    IApprovalStore approvals,
    RequestDrafts drafts,
    GuideMoves guides,
    GroupMoves groups,
    Cancellations cancellations,
    ApprovalDesk desk,
    ApprovalPosts posts,
    HandOffDesk handOffs,
    HandOffTalk talk,
    RunbookCatalog runbooks,
    IPlanner planner,
    AssuranceDesk assurance,
    TargetGuard guard,
    ProofMoves proofs,
    TimeProvider time)
{
    public async Task<DialogTrigger?> PerformAsync(DialogEffect effect, DialogTurn turn, CancellationToken cancellationToken)
    {
        switch (effect)
        {
            case Submit submit:
                return await SubmitAsync(turn, submit, cancellationToken);
            case SendCode send:
                return await proofs.SendCodeAsync(turn, send, cancellationToken);
            case CheckCode check:
                return proofs.CheckCode(turn, check);
            case PrepareUndo undo:
                return await PrepareUndoAsync(turn, undo, cancellationToken);
            case OpenGuide or NoteStep or ProposeStep or ReadPaste or DecideConsent:
                return await guides.PerformAsync(effect, turn, cancellationToken);
            case CancelRequest cancel:
                await cancellations.CancelAsync(turn, cancel, cancellationToken);
                return null;
            case CancelAll all:
                await cancellations.CancelAllAsync(turn, all, cancellationToken);
                return null;
            case GoOn go:
                await groups.GoOnAsync(turn, go, cancellationToken);
                return null;
            case Resolve resolve:
                await ResolveAsync(turn, resolve.RequestId, cancellationToken);
                return null;
            case HandOff handOff:
                return await HandOffAsync(turn, handOff, cancellationToken);
            case SendInstead send:
                await SendInsteadAsync(turn, send, cancellationToken);
                return null;
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
        if (refused.Problem.Code is not (ProblemCode.PrivilegedTarget or ProblemCode.ServiceAccount or ProblemCode.TargetTooOften or ProblemCode.TooSoonAfterAnother))
            return;
        if (await drafts.AskedTooOftenAsync(turn, cancellationToken))
            return;
        var request = await drafts.NewAsync(turn, refused.RunbookId ?? "-", runbooks.Find(refused.RunbookId)?.Title ?? "Refused request", "", cancellationToken);
        await handOffs.TellSecurityAsync(turn.Commit, request, refused.Problem, cancellationToken);
    }

    private async Task<DialogTrigger> SubmitAsync(DialogTurn turn, Submit submit, CancellationToken cancellationToken)
    {
        var prepared = submit.Plan;
        if (await drafts.AskedTooOftenAsync(turn, cancellationToken))
            return new Refused(drafts.TooOften, prepared.Plan.RunbookId, null);
        var draft = await drafts.NewAsync(turn, prepared.Plan.RunbookId, prepared.Title, prepared.Words, cancellationToken);
        var request = RequestDrafts.WithPlan(draft, prepared) with
        {
            Status = RequestStatus.AwaitingApproval,
            RunbookVersion = prepared.Plan.RunbookVersion,
            Parameters = prepared.Parameters,
            Group = await groups.PlaceAsync(turn, submit.Taking, cancellationToken),
        };
        if (await guard.ObstacleAsync(prepared.Plan, turn.Commit, cancellationToken) is { } obstacle)
            return new Refused(obstacle, prepared.Plan.RunbookId, null);
        var word = Word(prepared, request);
        if (word is null && assurance.Obstacle(prepared.Plan, request.Requester, request.Evidence) is { } unproven)
            return await AskForProofAsync(turn, prepared, request, unproven, cancellationToken);
        var drafted = await desk.OpenAsync(request, word, cancellationToken);
        if (drafted.Failed)
            return new Refused(drafted.Problem, request.RunbookId, null);

        var attest = drafted.Value.Purpose == ApprovalPurpose.Attestation;
        foreach (var use in guard.Uses(request.Id, prepared.Plan))
            turn.Commit.Add(new TargetNoted(use));
        turn.Commit.Add(new RequestSaved(request)).Audit(AuditEntry.By(
            turn.Actor.Person, "request.opened", request.Id, request.Id, ("number", request.Number), ("title", request.Title), ("assurance", request.Assurance), ("digest", request.Digest!)));
        var approval = await posts.OpenAsync(turn.Commit, request, drafted.Value, null, [], cancellationToken);
        turn.Commit.Audit(AuditEntry.ByBot("approval.asked", approval.Id, request.Id, ("digest", approval.Digest), ("purpose", approval.Purpose.ToString())));

        var who = await posts.WhoAsync(approval, cancellationToken);
        // What was asked together is shown together, on a card that says the same.
        if (attest || request.Group is null || await groups.IsShownAsync(request.Group, cancellationToken))
            turn.Say(attest ? AskedForWord(turn, drafted.Value, who, request.Number) : turn.Words.AskedApprovers(prepared.PlainStateFor(turn.Actor.Id, turn.Words.Language), who, request.Number));
        posts.PostToRequester(turn.Commit, request, [approval]);
        var other = prepared.Plan.TargetOwners.FirstOrDefault(o => o != turn.Actor.Id);
        turn.Memory = turn.Memory with
        {
            RunbookId = request.RunbookId,
            Parameters = prepared.Parameters,
            RequestId = request.Id,
            Evidence = [],
            OtherPerson = other.Value is null ? turn.Memory.OtherPerson : other,
        };
        return new Submitted(request.Id);
    }

    private static string AskedForWord(DialogTurn turn, Approval attestation, string who, string number) => attestation.Proves switch
    {
        Proof.InPerson => turn.Words.AskedToCheckInPerson(number),
        Proof.Manager => turn.Words.AskedToVouch(who, number),
        _ => turn.Words.AskedToAttest(who, number),
    };

    /// <summary>Whose word is asked for before anybody approves; none when nobody's.</summary>
    private Proof? Word(PreparedPlan prepared, ServiceRequest request)
    {
        if (prepared.Plan.TargetOwners.Any(o => o != request.Requester))
            return prepared.NeedsAttestation || assurance.Obstacle(prepared.Plan, request.Requester, request.Evidence) is not null ? Proof.Owner : null;
        return prepared.Proof is { } chosen && assurance.WouldSuffice(chosen, prepared.Plan, request) ? chosen : null;
    }

    private async Task<DialogTrigger> AskForProofAsync(DialogTurn turn, PreparedPlan prepared, ServiceRequest request, Problem unproven, CancellationToken cancellationToken)
    {
        var ways = new List<ProofWay>();
        foreach (var way in await assurance.WaysAsync(prepared.Plan, turn.Actor, request.Evidence, cancellationToken))
        {
            if (way.Proof == Proof.Code || !(await desk.OpenAsync(request, way.Proof, cancellationToken)).Failed)
                ways.Add(way);
        }

        return ways.Count == 0
            ? new Refused(unproven, prepared.Plan.RunbookId, null)
            : new ProofNeeded(prepared.Plan.RunbookId, prepared.Words, prepared.Parameters, ways);
    }

    private async Task<DialogTrigger?> PrepareUndoAsync(DialogTurn turn, PrepareUndo undo, CancellationToken cancellationToken)
    {
        var last = (undo.RequestId ?? turn.Memory.RequestId) is { } id ? await requests.FindAsync(id, cancellationToken) : null;
        var all = undo.RequestId is null && last?.Group is { } group ? await requests.ForGroupAsync(group.Id, cancellationToken) : last is null ? [] : [last];
        var done = all.Where(r => r is { Status: RequestStatus.Succeeded, Plan: not null } && r.Requester == turn.Actor.Id).ToList();
        if (done is [{ Plan: { } plan } only])
            return await planner.PlanUndoAsync(plan, only.Title, turn.Actor, cancellationToken);
        if (done.Count == 0)
            turn.Say(turn.Words.CannotUndo);
        else
            turn.Say(turn.Words.WhichToUndo, [.. done.Select(r => new Option(_ => $"{r.Number}: {r.Title}", new AskedUndo { RequestId = r.Id }))]);
        return null;
    }

    private async Task ResolveAsync(DialogTurn turn, string requestId, CancellationToken cancellationToken)
    {
        var request = await drafts.LoadAsync(turn, requestId, cancellationToken);
        if (request.Requester == turn.Actor.Id && request.Status == RequestStatus.HandedOff)
            await talk.ConfirmAsync(turn, request, cancellationToken);
        if (request.Requester != turn.Actor.Id || request.Status is not (RequestStatus.Draft or RequestStatus.Succeeded))
            return;
        var resolved = request with { Helped = true, Status = RequestStatus.Succeeded, Version = request.Version + 1, UpdatedAt = time.GetUtcNow() };
        turn.Commit.Add(new RequestSaved(resolved)).Audit(AuditEntry.By(turn.Actor.Person, "request.resolved", request.Id, request.Id));
        if (resolved.Group is not null)
            posts.Update(turn.Commit, resolved, [], []);
    }

    private async Task<DialogTrigger> HandOffAsync(DialogTurn turn, HandOff handOff, CancellationToken cancellationToken)
    {
        var found = handOff.RequestId is { } id ? await drafts.LoadAsync(turn, id, cancellationToken) : null;
        if (found is { Status: RequestStatus.HandedOff } && handOff.Cause == HandOffCause.PersonAsked)
        {
            turn.Say(turn.Words.HandedOff(found.Number, tried: true));
            return new HandOffOpened(found.Id);
        }

        if (found is not null && handOff.Cause == HandOffCause.DidNotHelp && found.Requester == turn.Actor.Id && await talk.ReopenAsync(turn, found, cancellationToken))
            return new HandOffOpened(found.Id);

        // A run is not taken out of its runner's hands, and nobody hands over what is not theirs: a person is asked beside it.
        if (found is null or { Status: RequestStatus.Approved or RequestStatus.Running or RequestStatus.Verifying } || found.Requester != turn.Actor.Id)
        {
            if (await drafts.AskedTooOftenAsync(turn, cancellationToken))
                return new Refused(drafts.TooOften, null, null);
            found = null;
        }

        var request = found ?? await drafts.NewAsync(turn, "-", Words.English.TalkToAHuman, turn.Memory.Wish, cancellationToken) with { Version = 0 };
        var reason = handOff.Reason ?? handOff.Cause switch
        {
            HandOffCause.PersonAsked => "They asked for a person.",
            HandOffCause.DidNotHelp => "What the bot did or suggested did not help.",
            HandOffCause.EndOfRunbook => "The runbook has no further step.",
            _ => "It failed.",
        };
        request = await handOffs.ToHumanAsync(
            turn.Commit, request with { Helped = handOff.Cause == HandOffCause.DidNotHelp ? false : request.Helped }, reason, await requests.StepsAsync(request.Id, cancellationToken), cancellationToken);
        await cancellations.CloseApprovalsAsync(turn, request, cancellationToken);
        // What only collects details, and hands them over, has tried nothing.
        var tried = found is not null && runbooks.Find(found.RunbookId, found.RunbookVersion)?.Steps is not [HandOffStep];
        var told = turn.Words.HandedOff(request.Number, tried);
        turn.Say(handOff.Reason is { } heard ? $"{heard}\n{told}" : told);
        return new HandOffOpened(request.Id);
    }

    /// <summary>What was opened for the very same words is nobody's wish any more.</summary>
    private async Task SendInsteadAsync(DialogTurn turn, SendInstead send, CancellationToken cancellationToken)
    {
        if (!await talk.SendAsync(turn, send.RequestId, send.Text, cancellationToken))
            return;
        if (turn.Memory.RequestId is { } id && id != send.RequestId && await requests.FindAsync(id, cancellationToken) is { Status: RequestStatus.Draft or RequestStatus.AwaitingApproval } opened
            && opened.Requester == turn.Actor.Id && opened.Words == ServiceRequest.CutWords(send.Text))
        {
            await cancellations.CancelAsync(turn, new CancelRequest(id), cancellationToken);
        }
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
        posts.Update(turn.Commit, await drafts.LoadAsync(turn, approval.RequestId, cancellationToken), [answered], []);
    }
}

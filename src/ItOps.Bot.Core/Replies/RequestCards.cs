using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Execution;
using ItOps.Bot.Notices;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Replies;

/// <summary>Makes the one card of a request, the same on every surface, from what is stored about it.</summary>
public sealed class RequestCards(OperationCatalog operations, RunbookCatalog runbooks)
{
    /// <summary>The card as an approver sees it: with buttons while the approval is open, a receipt afterwards.</summary>
    public Card ForApprover(ServiceRequest request, Approval approval, IReadOnlyList<StepRecord> steps)
    {
        if (request.Report is not null)
            return ForReport(request, approval, steps, viewer: null, Words.English);
        var card = Base(request, steps);
        var open = approval.Status == ApprovalStatus.Pending;
        return card with
        {
            Title = approval.Purpose == ApprovalPurpose.Outcome ? "Did this happen? " + card.Title : card.Title,
            State = open ? CardState.Waiting : card.State,
            StateText = open ? Waiting(approval) : card.StateText,
            ApprovalId = open ? approval.Id : null,
            ExpiresAt = open ? approval.ExpiresAt : null,
            Buttons = open ? Buttons(approval.Purpose) : [],
            TypeToConfirm = open ? approval.TypeToConfirm : null,
            Risk = open ? card.Risk : null,
            Facts = [.. card.Facts, .. open ? YesMeans(approval) : [], .. open ? Origins(request) : [], .. Remarks(request), .. Exactly(request.Problem), .. Votes(approval), .. Questions(approval)],
            Details = [.. card.Details, .. open ? [] : Origins(request), new("Plan", approval.Digest)],
        };
    }

    /// <summary>The card as the requester sees it: never with buttons.</summary>
    public Card ForRequester(ServiceRequest request, IReadOnlyList<Approval> approvals, IReadOnlyList<StepRecord> steps)
    {
        var card = Base(request, steps);
        return card with
        {
            Facts = [.. card.Facts, .. approvals.Where(a => a.Purpose != ApprovalPurpose.Consent).SelectMany(Votes)],
            ExpiresAt = approvals.FirstOrDefault(a => a.Status == ApprovalStatus.Pending)?.ExpiresAt,
            Risk = null,
        };
    }

    /// <summary>What was done to somebody's account, for them and their manager: with one button, until it is pressed or too late.</summary>
    public static Card ForReport(ServiceRequest request, Approval approval, IReadOnlyList<StepRecord> steps, PersonId? viewer, Words w)
    {
        var act = request.Report!;
        var open = approval.Status == ApprovalStatus.Pending;
        var verified = steps.Where(s => s.VerifiedText is not null).Select(s => s.VerifiedText!).ToList();
        return new(act.Title, open || approval.Votes.Count == 0 ? CardState.Succeeded : StateOf(request.Status))
        {
            StateText = open || approval.Votes.Count == 0 ? w.State(RequestStatus.Succeeded) : w.ReportState(request.Status),
            RequestNumber = approval.Votes.Count == 0 ? act.Number : request.Number,
            ApprovalId = open ? approval.Id : null,
            Facts = [.. FactsOf(act), .. approval.Votes.Select(v => new CardFact(w.ReportedBy, v.Name) { At = v.At }), .. verified.Select(v => new CardFact("Verified", v))],
            ExpiresAt = open ? approval.ExpiresAt : null,
            Buttons = open ? [new(CardAction.NotMe, viewer is null || viewer == act.Owner ? w.NotMe : w.LooksWrong)] : [],
        };
    }

    private static IEnumerable<CardFact> FactsOf(ReportedAct act)
    {
        yield return new("Account of", act.OwnerName);
        yield return new("Done", string.Join("; ", act.Done)) { At = act.At };
        yield return new("Asked by", act.Assurance.Length == 0 ? act.AskedBy : $"{act.AskedBy}, {act.Assurance}");
        if (act.ApprovedBy.Length > 0)
            yield return new("Approved by", act.ApprovedBy);
    }

    private Card Base(ServiceRequest request, IReadOnlyList<StepRecord> steps)
    {
        var verified = steps.Where(s => s.VerifiedText is not null).Select(s => s.VerifiedText!).ToList();
        var facts = new List<CardFact> { new("Asked by", $"{request.RequesterName}, {request.Assurance}") };
        facts.AddRange(request.Evidence.Where(e => e.Method.Kind() is not (null or Proof.Session)).Select(e => new CardFact(Words.English.EvidenceLabel(e.Method), Words.English.Evidence(e)) { At = e.At }));
        if (request.Report is { } act)
            facts = [new("Reported by", $"{request.RequesterName}, {request.Assurance}"), .. FactsOf(act)];
        if (verified.Count > 0)
            facts.Add(new("Verified", string.Join(" ", verified)));
        if (request.HandOffReason is { } reason)
            facts.Add(new("Handed over", reason));
        if (request.Group is { Of: > 1 } group)
            facts.AddRange(Place(group));
        return new(request.Title, IsHeld(request) ? CardState.Waiting : StateOf(request.Status))
        {
            StateText = IsHeld(request) ? Words.English.ApprovedAndWaits(Numbers(request.Group!)) : Words.English.State(request.Status),
            RequestNumber = request.Number,
            RequestId = request.Id,
            Facts = facts,
            // Whoever takes over is not shown what a look would have changed, which is nothing.
            Changes = request is { Status: RequestStatus.HandedOff, Plan: { } plan } && PlanValidator.OnlyReads(plan, operations) ? [] : [.. request.Previews.SelectMany(p => p.Changes)],
            Steps = [.. (request.Plan?.Steps ?? []).Select(Describe)],
            Risk = Risk(request.Plan),
            Details =
            [
                new("Their words", request.Words),
                new("Runbook", runbooks.Find(request.RunbookId, request.RunbookVersion) is { } runbook ? $"{runbook.Title} ({runbook.Id}, version {runbook.Version})" : request.RunbookId),
                .. (request.Plan?.Steps ?? []).Select(s => new CardFact("Object", $"{s.Operation} on {s.Target.Kind} {s.Target.Id}")),
            ],
        };
    }

    private static IEnumerable<CardFact> Place(GroupPlace group)
    {
        yield return new(Words.English.PartLabel, Words.English.PartOf(group.Number, group.Of));
        if (group.IsHeld)
            yield return new(Words.English.AfterLabel, Numbers(group));
    }

    private static bool IsHeld(ServiceRequest request) => request is { Status: RequestStatus.Approved, Group.IsHeld: true };

    private static string Numbers(GroupPlace group) => string.Join(", ", group.Open.Select(p => p.Number));

    public string Describe(PlanStep step) => operations.Find(step.Operation)?.Descriptor.TitleOf(step) ?? step.Operation;

    public static CardState StateOf(RequestStatus status) => status switch
    {
        RequestStatus.Draft or RequestStatus.AwaitingApproval => CardState.Waiting,
        RequestStatus.Approved or RequestStatus.Running or RequestStatus.Verifying => CardState.Running,
        RequestStatus.Succeeded => CardState.Succeeded,
        RequestStatus.Failed => CardState.Failed,
        RequestStatus.Unknown => CardState.Unknown,
        RequestStatus.Denied => CardState.Denied,
        RequestStatus.Expired => CardState.Expired,
        RequestStatus.Cancelled => CardState.Cancelled,
        _ => CardState.HandedOff,
    };

    /// <summary>Whoever vouches does not let the change run: a card that looks like an approver's must say so, wherever it stands.</summary>
    private static CardFact[] YesMeans(Approval approval) =>
        approval.Purpose == ApprovalPurpose.Attestation ? [new("Your yes", Words.English.YesMeans(approval.Proves))] : [];

    /// <summary>How the bot came to each value: what was misread, or put into its mouth, shows here.</summary>
    private static CardFact[] Origins(ServiceRequest request) => request.Parameters.Count == 0
        ? []
        : [new("Values", string.Join("; ", request.Parameters.Select(p => $"{p.Key}: {Words.English.Origin(p.Value)}")))];

    private static CardFact[] Remarks(ServiceRequest request) =>
        request.Previews.SelectMany(p => p.Remarks).Distinct().ToList() is { Count: > 0 } remarks ? [new("To know", string.Join("; ", remarks))] : [];

    /// <summary>The exact words of a problem are for approvers; the requester reads plain ones.</summary>
    private static CardFact[] Exactly(Problem? problem) => problem is null ? [] : [new("Why not", problem.Detail)];

    private CardRisk? Risk(Plan? plan) =>
        plan?.Steps.Select(s => operations.Find(s.Operation)?.Descriptor.Risk).OfType<CardRisk>().MaxBy(r => r.Level);

    private static string Waiting(Approval approval) => approval switch
    {
        { Quorum: > 1 } => $"{approval.Votes.Count(v => v.Verdict == Verdict.Approve)} of {approval.Quorum} approvals",
        { Purpose: ApprovalPurpose.Attestation } => "Waiting for confirmation",
        { Escalated: true } => "Waiting, escalated",
        _ => "Waiting for approval",
    };

    private static CardButton[] Buttons(ApprovalPurpose purpose)
    {
        var w = Words.English;
        return purpose == ApprovalPurpose.Outcome
            ? [new(CardAction.ItHappened, w.ItHappened), new(CardAction.RunAgain, w.RunItAgain)]
            : [new(CardAction.Approve, w.Approve), new(CardAction.Deny, w.Deny), new(CardAction.Ask, w.Ask)];
    }

    /// <summary>A word that was given stands among the evidence already.</summary>
    private static IEnumerable<CardFact> Votes(Approval approval) => approval.Votes.Where(v => (approval.Purpose, v.Verdict) is not (ApprovalPurpose.Attestation, Verdict.Approve)).Select(v =>
        new CardFact(Label(v.Verdict), v.Note is null ? v.Name : $"{v.Name}: {v.Note}") { At = v.At });

    /// <summary>What was decided about one request, however alike it is for another.</summary>
    public static bool IsDecision(CardFact fact) => fact.Label == Label(Verdict.Approve) || fact.Label == Label(Verdict.Deny);

    private static string Label(Verdict verdict) => verdict switch
    {
        Verdict.Deny => "Denied by",
        Verdict.ItHappened => "Found done by",
        Verdict.RunAgain => "Run again by",
        _ => "Approved by",
    };

    private static IEnumerable<CardFact> Questions(Approval approval) => approval.Questions.SelectMany(q => new[]
    {
        new CardFact($"{q.ByName} asks", q.Question) { At = q.At },
        new CardFact("Answer", q.Answer ?? "not yet"),
    });
}

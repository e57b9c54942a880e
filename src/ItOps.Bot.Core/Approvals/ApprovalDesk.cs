using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Approvals;

/// <summary>Works out, from the policy, who is to be asked about a plan. A plan that nobody may decide is refused (I7).</summary>
public sealed class ApprovalDesk(
    ApprovalPolicy policy, OperationCatalog operations, Eligibility eligibility, IPersonDirectory people, ContactHistory contacts, TimeProvider time)
{
    private static readonly TimeSpan ConsentExpires = TimeSpan.FromHours(24);
    private static readonly TimeSpan OutcomeExpires = TimeSpan.FromDays(7);

    /// <summary>The first approval that a request needs.</summary>
    public async Task<Result<Approval>> OpenAsync(ServiceRequest request, bool attest, CancellationToken cancellationToken)
    {
        var plan = request.Plan!;
        if (PlanValidator.OnlyReads(plan, operations))
        {
            return Draft(request, ApprovalPurpose.Consent, ConsentExpires) with { People = [request.Requester] };
        }

        return attest ? await AttestationAsync(request, cancellationToken) : await ChangeAsync(request, cancellationToken);
    }

    /// <summary>The approval of the change itself.</summary>
    public async Task<Result<Approval>> ChangeAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        if (RuleFor(request.Plan!) is not { } rule)
            return new Problem(ProblemCode.NoApprover, "No rule of the approval policy covers this plan.");
        var now = time.GetUtcNow();
        var approval = Draft(request, ApprovalPurpose.Change, rule.ExpiresAfter) with
        {
            Quorum = rule.Quorum,
            TypeToConfirm = rule.ConfirmTyped ? TypedConfirmation.Of(Changing(request.Plan!)) : null,
            RemindAt = now + rule.RemindAfter,
            EscalateAt = rule.EscalateTo.Count > 0 ? now + rule.EscalateAfter : null,
            EscalateTo = rule.EscalateTo,
        };

        var owners = rule.ResourceOwner ? request.Previews.SelectMany(p => p.ResourceOwners).Distinct().ToList() : [];
        if (rule.ManagerOfRequester && await ManagerOfAsync(request.Requester, cancellationToken) is { } manager)
            owners.Add(manager);
        if (owners.Count > 0 && await CanDecideAsync(approval with { People = owners }, cancellationToken))
            return approval with { People = owners };
        approval = approval with { Groups = rule.Groups };
        return await CanDecideAsync(approval, cancellationToken)
            ? approval
            : new Problem(ProblemCode.NoApprover, $"Rule '{rule.Name}' leaves nobody who may decide about this plan.");
    }

    /// <summary>Asks those who approve what is the case after an unknown outcome.</summary>
    public async Task<Result<Approval>> OutcomeAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(request, cancellationToken);
        return change.Failed
            ? change
            : change.Value with { Purpose = ApprovalPurpose.Outcome, ExpiresAt = time.GetUtcNow() + OutcomeExpires, Quorum = 1, TypeToConfirm = null, EscalateAt = null };
    }

    private async Task<Result<Approval>> AttestationAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        // Nobody is asked to confirm what nobody could then approve.
        if (await ChangeAsync(request, cancellationToken) is { Failed: true } undecidable)
            return undecidable;
        var vouchers = new HashSet<PersonId>();
        foreach (var target in request.Plan!.TargetOwners)
        {
            vouchers.Add(target);
            if (await ManagerOfAsync(target, cancellationToken) is { } manager)
                vouchers.Add(manager);
        }

        vouchers.Remove(request.Requester);
        return vouchers.Count == 0
            ? new Problem(ProblemCode.NoApprover, "Nobody can confirm that this is wanted.")
            : Draft(request, ApprovalPurpose.Attestation, RuleFor(request.Plan)?.ExpiresAfter ?? ConsentExpires) with { People = [.. vouchers] };
    }

    /// <summary>Whoever became somebody's manager a moment ago does not vouch for them yet.</summary>
    private async Task<PersonId?> ManagerOfAsync(PersonId person, CancellationToken cancellationToken) =>
        (await people.FindAsync(person, cancellationToken))?.Manager is { } manager
        && await contacts.IsSettledAsync(person, ContactRoute.Manager(manager), cancellationToken)
            ? manager
            : null;

    private async Task<bool> CanDecideAsync(Approval approval, CancellationToken cancellationToken) =>
        (await eligibility.DecidersAsync(approval, cancellationToken)).Count >= approval.Quorum;

    private Approval Draft(ServiceRequest request, ApprovalPurpose purpose, TimeSpan expires)
    {
        var now = time.GetUtcNow();
        return new(Id.New(time), request.Id, purpose, request.Digest!)
        {
            Version = 1,
            Requester = request.Requester,
            Targets = [.. request.Plan!.TargetOwners],
            AskedAt = now,
            ExpiresAt = now + expires,
        };
    }

    private ApprovalRule? RuleFor(Plan plan)
    {
        var changing = Changing(plan);
        return policy.Rules.FirstOrDefault(rule => changing.TrueForAll(s => rule.Operations.Any(pattern => Covers(pattern, s.Operation))));
    }

    private List<PlanStep> Changing(Plan plan) =>
        [.. plan.Steps.Where(s => operations.Find(s.Operation)?.Descriptor.Effect != OperationEffect.ReadsOnly)];

    private static bool Covers(string pattern, string operation) =>
        pattern.EndsWith(".*", StringComparison.Ordinal) ? operation.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == operation;
}

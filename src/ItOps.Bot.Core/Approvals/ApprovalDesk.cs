using ItOps.Bot.Assurance;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Approvals;

/// <summary>Works out, from the policy, who is to be asked about a plan. A plan that nobody may decide is refused (I7).</summary>
public sealed class ApprovalDesk(
    ApprovalPolicy policy, OperationCatalog operations, Eligibility eligibility, AssuranceDesk assurance, TimeProvider time)
{
    private static readonly TimeSpan ConsentExpires = TimeSpan.FromHours(24);
    private static readonly TimeSpan OutcomeExpires = TimeSpan.FromDays(7);

    /// <summary>The first approval that a request needs. <paramref name="word"/>: somebody vouches for the requester first.</summary>
    public async Task<Result<Approval>> OpenAsync(ServiceRequest request, Proof? word, CancellationToken cancellationToken)
    {
        var plan = request.Plan!;
        if (PlanValidator.OnlyReads(plan, operations))
        {
            return Draft(request, ApprovalPurpose.Consent, ConsentExpires) with { People = [request.Requester] };
        }

        return word is { } proof ? await AttestationAsync(request, proof, cancellationToken) : await ChangeAsync(request, cancellationToken);
    }

    /// <summary>Why nobody may approve yet, going by who asks; none when that is known well enough.</summary>
    public Problem? Unproven(ServiceRequest request) => assurance.Obstacle(request.Plan!, request.Requester, request.Evidence);

    /// <summary>The approval of the change itself. Nobody is asked while it is not known who asks.</summary>
    public async Task<Result<Approval>> ChangeAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        Unproven(request) is { } unproven ? unproven : await DraftChangeAsync(request, request.Vouchers, cancellationToken);

    private async Task<Result<Approval>> DraftChangeAsync(ServiceRequest request, IReadOnlyList<PersonId> vouchers, CancellationToken cancellationToken)
    {
        if (RuleFor(request.Plan!) is not { } rule)
            return new Problem(ProblemCode.NoApprover, "No rule of the approval policy covers this plan.");
        var now = time.GetUtcNow();
        var approval = Draft(request, ApprovalPurpose.Change, rule.ExpiresAfter) with
        {
            Vouchers = vouchers,
            Quorum = rule.Quorum,
            TypeToConfirm = rule.ConfirmTyped ? TypedConfirmation.Of(Changing(request.Plan!)) : null,
            RemindAt = now + rule.RemindAfter,
            EscalateAt = rule.EscalateTo.Count > 0 ? now + rule.EscalateAfter : null,
            EscalateTo = rule.EscalateTo,
        };

        var owners = rule.ResourceOwner ? request.Previews.SelectMany(p => p.ResourceOwners).Distinct().ToList() : [];
        if (rule.ManagerOfRequester && await assurance.ManagerOfAsync(request.Requester, cancellationToken) is { } manager)
            owners.Add(manager.Id);
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

    private async Task<Result<Approval>> AttestationAsync(ServiceRequest request, Proof word, CancellationToken cancellationToken)
    {
        var rule = RuleFor(request.Plan!);
        var attestation = Draft(request, ApprovalPurpose.Attestation, rule?.ExpiresAfter ?? ConsentExpires) with { Proves = word };
        if (word == Proof.InPerson)
            attestation = attestation with { Groups = rule?.Groups ?? [] };
        var vouchers = word == Proof.InPerson
            ? [.. (await eligibility.DecidersAsync(attestation, cancellationToken)).Select(p => p.Id)]
            : new List<PersonId>(await assurance.VouchersAsync(word, request.Plan!, request.Requester, cancellationToken));

        // For somebody else it may be them or their manager, whoever is quicker.
        if (word == Proof.Owner)
            vouchers.AddRange(await assurance.VouchersAsync(Proof.Manager, request.Plan!, request.Requester, cancellationToken));

        // Nobody is asked to confirm what nobody could then approve: who vouches is not one of them.
        var undecidable = new Problem(ProblemCode.NoApprover, "Nobody can confirm that this is wanted.");
        var useful = new List<PersonId>();
        foreach (var voucher in vouchers.Distinct())
        {
            IReadOnlyList<PersonId> vouched = attestation.Targets.Contains(voucher) ? request.Vouchers : [.. request.Vouchers, voucher];
            if (await DraftChangeAsync(request, vouched, cancellationToken) is { Failed: true } change)
                undecidable = change.Problem;
            else
                useful.Add(voucher);
        }

        return useful.Count == 0 ? undecidable : word == Proof.InPerson ? attestation : attestation with { People = useful };
    }

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
        return policy.Rules.FirstOrDefault(rule => changing.TrueForAll(s => rule.Operations.Any(pattern => OperationPattern.Covers(pattern, s.Operation))));
    }

    private List<PlanStep> Changing(Plan plan) =>
        [.. plan.Steps.Where(s => operations.Find(s.Operation)?.Descriptor.Effect != OperationEffect.ReadsOnly)];
}

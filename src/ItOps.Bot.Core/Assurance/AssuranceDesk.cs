using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Assurance;

/// <summary>One way in which a person may prove who they are. <paramref name="Name"/> is who or what carries it, for its button.</summary>
public sealed record ProofWay(Proof Proof, string Name);

/// <summary>Holds what is known about a requester against the policy. It decides nothing about the request itself.</summary>
public sealed class AssuranceDesk(AssurancePolicy policy, SecondRoutes routes, ContactHistory contacts, IPersonDirectory people)
{
    /// <summary>How the person is known right now. An account that was bound to them a short while ago may be anybody's.</summary>
    public async Task<AssuranceEvidence> SessionAsync(Principal actor, CancellationToken cancellationToken)
    {
        // What the bot takes up by itself was said in the session in which the request before it was made.
        if (actor.Assurance.Through is not null)
            return actor.Assurance;
        var session = actor.Assurance with { Through = actor.Via.Channel };
        return session.Method == AssuranceMethod.ChatPlatform && !await contacts.IsSettledAsync(actor.Id, actor.Via, cancellationToken)
            ? session with { Method = AssuranceMethod.RecentlyBound }
            : session;
    }

    /// <summary>None when the policy is satisfied.</summary>
    public Problem? Obstacle(Plan plan, PersonId requester, IReadOnlyCollection<AssuranceEvidence> evidence) =>
        policy.Lacking(plan, requester, evidence) is [var rule, ..]
            ? new(ProblemCode.IdentityNotProven, $"Rule '{rule.Name}' asks for {rule.Kinds} of {string.Join(", ", rule.Of)}; there is {Describe(evidence)}.")
            : null;

    /// <summary>Whether the plan could go to those who approve once this word is given.</summary>
    public bool WouldSuffice(Proof proof, Plan plan, ServiceRequest request) =>
        proof is Proof.Manager or Proof.InPerson or Proof.Owner
        && policy.Lacking(plan, request.Requester, [.. request.Evidence, new(proof.Method(), request.OpenedAt)]).Count == 0;

    /// <summary>
    /// The ways in which what is missing can be proved, in the order of the policy. What takes somebody else's word comes last and ends the asking, so it is only
    /// offered when nothing but that is missing.
    /// </summary>
    public async Task<IReadOnlyList<ProofWay>> WaysAsync(Plan plan, Principal actor, IReadOnlyCollection<AssuranceEvidence> evidence, CancellationToken cancellationToken)
    {
        var lacking = policy.Lacking(plan, actor.Id, evidence);
        if (lacking.Count == 0)
            return [];
        var ways = new List<ProofWay>();
        var have = evidence.Select(e => e.Method.Kind()).ToHashSet();
        foreach (var proof in lacking[0].Of.Where(p => !have.Contains(p) && lacking.All(rule => rule.Of.Contains(p))))
        {
            if (proof == Proof.Code)
                ways.AddRange((await routes.OfAsync(actor, cancellationToken)).Select(r => new ProofWay(Proof.Code, r.Channel)));
            else if (lacking.All(rule => rule.Missing(evidence) == 1))
                ways.AddRange(await AttestedAsync(proof, plan, actor, cancellationToken));
        }

        return ways;
    }

    /// <summary>Who may give their word in this way; nobody when the way is not theirs to go.</summary>
    public async Task<IReadOnlyList<PersonId>> VouchersAsync(Proof proof, Plan plan, PersonId requester, CancellationToken cancellationToken)
    {
        var vouchers = new HashSet<PersonId>();
        foreach (var owner in plan.TargetOwners)
        {
            if (proof == Proof.Owner)
                vouchers.Add(owner);
            else if (proof == Proof.Manager && await ManagerOfAsync(owner, cancellationToken) is { } manager)
                vouchers.Add(manager.Id);
        }

        // Nobody vouches for their own wish, as somebody's manager neither.
        vouchers.Remove(requester);
        return [.. vouchers];
    }

    private async Task<IReadOnlyList<ProofWay>> AttestedAsync(Proof proof, Plan plan, Principal actor, CancellationToken cancellationToken)
    {
        if (proof == Proof.InPerson)
            return [new(Proof.InPerson, "")];
        var names = new List<ProofWay>();
        foreach (var voucher in await VouchersAsync(proof, plan, actor.Id, cancellationToken))
        {
            if (await people.FindAsync(voucher, cancellationToken) is { } person)
                names.Add(new(proof, person.DisplayName));
        }

        return names;
    }

    /// <summary>The manager of record, unless they became that a short while ago: then they do not vouch, nor decide as that.</summary>
    public async Task<Person?> ManagerOfAsync(PersonId person, CancellationToken cancellationToken) =>
        await people.FindAsync(person, cancellationToken) is { Manager: { } id } && await contacts.IsSettledAsync(person, ContactRoute.Manager(id), cancellationToken)
            ? await people.FindAsync(id, cancellationToken)
            : null;

    private static string Describe(IReadOnlyCollection<AssuranceEvidence> evidence) =>
        evidence.Count == 0 ? "none" : string.Join(", ", evidence.Select(e => e.Method).Distinct());
}

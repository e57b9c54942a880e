using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Approvals;

/// <summary>Who may decide about an approval, resolved in the directory at the moment of the question (I2).</summary>
public sealed class Eligibility(IPersonDirectory people, ContactHistory contacts)
{
    /// <summary>What keeps this person from deciding; none when nothing does.</summary>
    public async Task<Problem?> ObstacleAsync(Approval approval, PersonId person, CancellationToken cancellationToken)
    {
        if (approval.Purpose == ApprovalPurpose.Report)
            return approval.People.Contains(person) ? null : new(ProblemCode.NotAnApprover, $"The account is neither {person}'s nor that of somebody who reports to them.");
        if (approval.Purpose != ApprovalPurpose.Consent && person == approval.Requester)
            return new(ProblemCode.ApproverIsRequester, $"{person} asked for it.");
        if (approval.Purpose is ApprovalPurpose.Change or ApprovalPurpose.Outcome && approval.Targets.Contains(person))
            return new(ProblemCode.ApproverIsTarget, $"The plan acts on {person}.");
        if (approval.Purpose is ApprovalPurpose.Change or ApprovalPurpose.Outcome && approval.Vouchers.Contains(person))
            return new(ProblemCode.ApproverVouched, $"{person} vouched for the requester.");
        if (approval.People.Contains(person))
            return null;
        var groups = GroupsOf(approval);
        return groups.Count > 0 && (await people.GroupsOfAsync(person, cancellationToken)).Overlaps(groups)
            ? null
            : new(ProblemCode.NotAnApprover, $"{person} is not among those who decide.");
    }

    /// <summary>The same for somebody who is here now: whom <see cref="StandingAsync"/> stops may be asked about themselves, and decides about nothing.</summary>
    public async Task<Problem?> ObstacleAsync(Approval approval, Principal actor, CancellationToken cancellationToken)
    {
        if (await ObstacleAsync(approval, actor.Id, cancellationToken) is { } obstacle)
            return obstacle;
        return approval.Purpose is ApprovalPurpose.Consent or ApprovalPurpose.Report ? null : await StandingAsync(actor, cancellationToken);
    }

    /// <summary>
    /// What keeps somebody from deciding anything at all from where they are: they are known by an e-mail address alone, or their account there became theirs too
    /// recently. None when nothing does.
    /// </summary>
    public async Task<Problem?> StandingAsync(Principal actor, CancellationToken cancellationToken)
    {
        if (actor.Assurance.Method is AssuranceMethod.EmailMatch or AssuranceMethod.MailedLink)
            return new(ProblemCode.WeakIdentity, $"{actor.Via} is known to be {actor.Id} by an e-mail address alone.");
        return await contacts.IsSettledAsync(actor.Id, actor.Via, cancellationToken)
            ? null
            : new(ProblemCode.RecentlyChanged, $"{actor.Via} has not been {actor.Id} for long enough.");
    }

    /// <summary>Everybody who may decide now.</summary>
    public async Task<IReadOnlyList<Person>> DecidersAsync(Approval approval, CancellationToken cancellationToken)
    {
        var all = new Dictionary<PersonId, Person>();
        foreach (var id in approval.People)
        {
            if (await people.FindAsync(id, cancellationToken) is { } person)
                all[id] = person;
        }

        foreach (var group in GroupsOf(approval))
        {
            foreach (var person in await people.MembersOfAsync(group, cancellationToken))
                all[person.Id] = person;
        }

        var deciders = new List<Person>();
        foreach (var person in all.Values)
        {
            if (await ObstacleAsync(approval, person.Id, cancellationToken) is null)
                deciders.Add(person);
        }

        return deciders;
    }

    private static IReadOnlyList<string> GroupsOf(Approval approval) =>
        approval.Escalated ? [.. approval.Groups, .. approval.EscalateTo] : approval.Groups;
}

using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;

namespace ItOps.Bot.People;

/// <summary>Lets security know when another way leads to somebody who decides: that is how an approver is taken over.</summary>
public sealed class ContactAlerts(IPersonDirectory people, ApprovalPolicy policy, Reach reach, IdentityOptions options, TimeProvider time)
{
    private readonly string[] _deciding =
        [.. policy.Rules.SelectMany(r => r.Groups.Concat(r.EscalateTo)).Append(policy.SecurityGroup).Append(policy.HandOffGroup).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds a message to each member of the security group, when the person decides about anything. In the commit that keeps the change, so it is told once.</summary>
    public async Task TellAsync(Commit commit, Person person, IReadOnlyList<Contact> came, CancellationToken cancellationToken)
    {
        if (came.Count == 0 || !(await people.GroupsOfAsync(person.Id, cancellationToken)).Overlaps(_deciding))
            return;
        var now = time.GetUtcNow();
        var text = Words.English.ApproversContactChanged(person.DisplayName, [.. came.Select(c => c.Route.ToString())], now + options.CoolDown);
        foreach (var member in await people.MembersOfAsync(policy.SecurityGroup, cancellationToken))
        {
            foreach (var place in await reach.OfAsync(member.Id, cancellationToken))
                commit.Add(new MessageQueued(new(Id.New(time), place, new(text), now)));
        }
    }
}

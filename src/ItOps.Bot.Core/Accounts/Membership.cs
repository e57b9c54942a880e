using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Accounts;

/// <summary>What joining and leaving a group have in common: the view before, and the reading after.</summary>
internal static class Membership
{
    /// <param name="display">Fills the title: "alice to Finance (write)".</param>
    public static Preview ToPreview(this MembershipTarget membership, string display, bool shouldBeMember)
    {
        var (_, account, group) = membership;
        var isMember = membership.IsDirect;
        var preconditions = AccountFacts.Preconditions(account);
        preconditions["member"] = AccountFacts.Flag(isMember);

        // The owner of the account is the one who gains or loses, so it is they who may not approve (I2).
        var target = new PlanTarget("membership", $"{group.Id} {account.Id}", display, account.SystemName, account.Owner);
        return new Preview(target, isMember == shouldBeMember ? [] : [new($"Group {group.Name}", Exact(isMember), Exact(shouldBeMember))])
        {
            Preconditions = preconditions,
            PlainState = Plain(Words.English),
            PlainStateIn = Words.InOthers(Plain),
            Remarks = account.Remarks,
            ResourceOwners = group.Owners,
        };

        string Plain(Words w) => membership.HasAccess || isMember
            ? w.HasAccess(AccountFacts.Called(account), AccountFacts.NameOf(group), throughAnotherGroup: !isMember)
            : w.HasNoAccess(AccountFacts.Called(account), AccountFacts.NameOf(group));
    }

    public static async Task<Verification> VerifyMembershipAsync(
        this AccountDirectories directories, StepExecution step, bool shouldBeMember, CancellationToken cancellationToken)
    {
        if (AccountId.Parse(step.Arguments.GetValueOrDefault("account")) is not { } account
            || GroupId.Parse(step.Arguments.GetValueOrDefault("group")) is not { } group
            || directories.Find(group.System) is not { } directory)
            return new Verification(false, "Read again: the group is not there any more.");

        var isMember = await directory.IsMemberAsync(group, account, direct: true, cancellationToken);
        return new Verification(isMember == shouldBeMember, $"Read again: {Exact(isMember)}.");
    }

    private static string Exact(bool isMember) => isMember ? "direct member" : "not a direct member";
}

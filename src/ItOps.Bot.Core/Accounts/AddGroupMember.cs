using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Accounts;

/// <summary>Makes an account a direct member of a group, and so gives access to what is behind it.</summary>
internal sealed class AddGroupMember(AccountDirectories directories) : IOperation
{
    private readonly AccountGate _gate = new(directories);

    public OperationDescriptor Descriptor { get; } = new(
        "group.add-member",
        "Add {target} in {system}",
        OperationEffect.Changes,
        ReplayClass.Probe,
        new CardRisk(RiskLevel.Medium, "gives access to data that others trust the group to keep"),
        [
            new OperationArgument("account", ArgumentKind.Account, "The account that becomes a member"),
            new OperationArgument("group", ArgumentKind.Group, "The group, in the same system"),
        ])
    { UndoneBy = "group.remove-member", Needs = AccountAbilities.Membership };

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = await _gate.MembershipAsync(arguments, allowDisabled: false, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var membership = target.Value;
        return membership.ToPreview($"{membership.Account.Name} to {AccountFacts.NameOf(membership.Group)}", shouldBeMember: true);
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var target = await _gate.MembershipAsync(step.Arguments, allowDisabled: false, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var (directory, account, group) = target.Value;
        var added = await directory.AddMemberAsync(group.Id, account.Id, cancellationToken);
        return added.Failed
            ? added.Problem
            : new StepOutput { Lines = [$"Added {account.Name} to the group {group.Name} in {account.SystemName}."] };
    }

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) =>
        directories.VerifyMembershipAsync(step, shouldBeMember: true, cancellationToken);
}

using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Accounts;

/// <summary>Ends an account's direct membership of a group. It only takes away, so a disabled account may be removed too.</summary>
internal sealed class RemoveGroupMember(AccountDirectories directories) : IOperation
{
    private readonly AccountGate _gate = new(directories);

    public OperationDescriptor Descriptor { get; } = new(
        "group.remove-member",
        "Remove {target} in {system}",
        OperationEffect.Changes,
        ReplayClass.Probe,
        new CardRisk(RiskLevel.Medium, "takes away access that somebody may be working with"),
        [
            new OperationArgument("account", ArgumentKind.Account, "The account that stops being a member"),
            new OperationArgument("group", ArgumentKind.Group, "The group, in the same system"),
        ])
    { UndoneBy = "group.add-member", Needs = AccountAbilities.Membership };

    public async Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken)
    {
        var target = await _gate.MembershipAsync(arguments, allowDisabled: true, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var membership = target.Value;
        return membership.ToPreview($"{membership.Account.Name} from {AccountFacts.NameOf(membership.Group)}", shouldBeMember: false);
    }

    public async Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken)
    {
        var target = await _gate.MembershipAsync(step.Arguments, allowDisabled: true, cancellationToken);
        if (target.Failed)
            return target.Problem;

        var (directory, account, group) = target.Value;
        var removed = await directory.RemoveMemberAsync(group.Id, account.Id, cancellationToken);
        return removed.Failed
            ? removed.Problem
            : new StepOutput { Lines = [$"Removed {account.Name} from the group {group.Name} in {account.SystemName}."] };
    }

    public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) =>
        directories.VerifyMembershipAsync(step, shouldBeMember: false, cancellationToken);
}

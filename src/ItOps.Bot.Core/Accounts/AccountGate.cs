using ItOps.Bot.Plans;

namespace ItOps.Bot.Accounts;

/// <summary>
/// Reads the account or group that a step names, at the moment of the call, and refuses those that chat must never touch (I10). Every operation
/// passes here twice: for its preview and again right before its effect.
/// </summary>
internal sealed class AccountGate(AccountDirectories directories)
{
    /// <param name="allowDisabled">For operations that only take something away.</param>
    public async Task<Result<AccountTarget>> AccountAsync(StepArguments arguments, AccountAbilities needs, bool allowDisabled, CancellationToken cancellationToken)
    {
        if (AccountId.Parse(arguments.GetValueOrDefault("account")) is not { } id)
            return new Problem(ProblemCode.InvalidArguments, "The argument 'account' must be system/objectId.");
        if (directories.Find(id.System) is not { } directory)
            return new Problem(ProblemCode.NoSuchAccount, $"{id}: no such system is configured.");
        if (!directory.Abilities.HasFlag(needs))
            return new Problem(ProblemCode.NotOffered, $"{directory.DisplayName} does not let the bot do this ({needs}).");
        if (await directory.ReadAsync(id, cancellationToken) is not { } account)
            return new Problem(ProblemCode.NoSuchAccount, $"{id} is not in {directory.DisplayName}.");

        return account switch
        {
            { Kind: AccountKind.Service } => new Problem(ProblemCode.ServiceAccount, $"{account.Name} ({id}) is a service account."),
            { Kind: AccountKind.BreakGlass } => new Problem(ProblemCode.PrivilegedTarget, $"{account.Name} ({id}) is a break-glass account."),
            { IsPrivileged: true } => new Problem(ProblemCode.PrivilegedTarget, $"{account.Name} ({id}) is privileged, directly or through nested groups."),
            _ when (account.Withheld & needs) != 0 => new Problem(ProblemCode.PolicyRefused, $"{account.Name} ({id}): {account.WithheldBecause}"),
            { IsEnabled: false } when !allowDisabled => new Problem(ProblemCode.AccountDisabled, $"{account.Name} ({id}) is disabled."),
            _ => new AccountTarget(directory, account),
        };
    }

    public async Task<Result<MembershipTarget>> MembershipAsync(StepArguments arguments, bool allowDisabled, CancellationToken cancellationToken)
    {
        var target = await AccountAsync(arguments, AccountAbilities.Membership, allowDisabled, cancellationToken);
        if (target.Failed)
            return target.Problem;
        var (directory, account) = target.Value;

        if (GroupId.Parse(arguments.GetValueOrDefault("group")) is not { } id)
            return new Problem(ProblemCode.InvalidArguments, "The argument 'group' must be system/objectId.");
        if (id.System != account.Id.System)
            return new Problem(ProblemCode.InvalidArguments, $"The group {id} and the account {account.Id} are in different systems.");
        if (await directory.ReadGroupAsync(id, cancellationToken) is not { } group)
            return new Problem(ProblemCode.NoSuchGroup, $"{id} is not in {directory.DisplayName}.");
        if (group.IsPrivileged)
            return new Problem(ProblemCode.PrivilegedTarget, $"The group {group.Name} ({id}) is privileged, directly or through nested groups.");
        if (group.ClosedBecause is { } closed)
            return new Problem(ProblemCode.PolicyRefused, $"The group {group.Name} ({id}): {closed}");

        return new MembershipTarget(directory, account, group)
        {
            IsDirect = await directory.IsMemberAsync(id, account.Id, direct: true, cancellationToken),
            HasAccess = await directory.IsMemberAsync(id, account.Id, direct: false, cancellationToken),
        };
    }
}

/// <summary>An account that may be acted on, as just read.</summary>
internal sealed record AccountTarget(IAccountDirectory Directory, AccountSnapshot Account)
{
    public PlanTarget ToPlanTarget() => new("account", Account.Id.ToString(), Account.Name, Account.SystemName, Account.Owner);
}

/// <summary>An account and a group that may be joined or parted, as just read.</summary>
internal sealed record MembershipTarget(IAccountDirectory Directory, AccountSnapshot Account, GroupSnapshot Group)
{
    public required bool IsDirect { get; init; }

    /// <summary>Member, directly or through a nested group.</summary>
    public required bool HasAccess { get; init; }
}

using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>One account system of the sandbox. What changes nothing leaves no line in the ledger of effects.</summary>
internal sealed class SandboxDirectory(string system, string displayName, SandboxDocuments documents, SandboxOptions options, TimeProvider time)
    : IAccountDirectory
{
    public string System => system;

    public string DisplayName => displayName;

    public AccountAbilities Abilities => AccountAbilities.All;

    public Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken) =>
        AccountsAsync(account => account.Owner == owner.Value, cancellationToken);

    public Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        AccountsAsync(account => account.Name.Equals(name, StringComparison.OrdinalIgnoreCase), cancellationToken);

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } account ? Snapshot(account, await GraphAsync(cancellationToken)) : null;

    public async Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(cancellationToken) is { } refusal and not SandboxRefusal.None)
            return Refused(refusal);
        if (await FindAsync(id, cancellationToken) is not { } before)
            return NoSuchAccount(id);

        var password = newPassword.Reveal();
        if (password.Length < options.MinimumPasswordLength)
            return new Problem(ProblemCode.PolicyRefused, $"{displayName}: a password has at least {options.MinimumPasswordLength} characters.");
        if (password.Contains(before.Name, StringComparison.OrdinalIgnoreCase))
            return new Problem(ProblemCode.PolicyRefused, $"{displayName}: a password must not contain the sign-in name.");

        var hash = PasswordHash.Of(password, options.PasswordIterations);
        return await ChangeAccountAsync(id, "reset-password", Reset, cancellationToken);

        // The same password a second time is a replay after a crash: the state is as it should be already.
        SandboxAccount? Reset(SandboxAccount account) =>
            account.LockedSince is null && account.MustChangePassword == mustChange && PasswordHash.Matches(password, account.PasswordHash)
                ? null
                : account with
                {
                    PasswordHash = hash,
                    PasswordLastSet = time.GetUtcNow(),
                    MustChangePassword = mustChange,
                    LockedSince = null,
                    BadAttempts = 0,
                };
    }

    public async Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } account)
            return new(PasswordState.NotInForce, MustChange: false, "the account is not there any more");
        var isInForce = PasswordHash.Matches(password.Reveal(), account.PasswordHash);
        var lastSet = account.PasswordLastSet.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new(
            isInForce ? PasswordState.InForce : PasswordState.NotInForce, account.MustChangePassword, $"password set {lastSet}, and {(isInForce ? "the new one is accepted" : "the new one is not accepted")}");
    }

    public async Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) =>
        await RefusalAsync(cancellationToken) is SandboxRefusal.Unavailable
            ? Refused(SandboxRefusal.Unavailable)
            : await ChangeAccountAsync(id, "block", account => account.Enabled ? account with { Enabled = false } : null, cancellationToken);

    public async Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) =>
        await RefusalAsync(cancellationToken) is SandboxRefusal.Unavailable
            ? Refused(SandboxRefusal.Unavailable)
            : await ChangeAccountAsync(
                id, "unlock", account => account.LockedSince is null ? null : account with { LockedSince = null, BadAttempts = 0 }, cancellationToken);

    public async Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) =>
        await RefusalAsync(cancellationToken) is SandboxRefusal.Unavailable
            ? Refused(SandboxRefusal.Unavailable)
            : await ChangeAccountAsync(
                id, "revoke-sessions", account => account with { Sessions = 0, SessionsRevokedAt = time.GetUtcNow() }, cancellationToken);

    public async Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken)
    {
        var graph = await GraphAsync(cancellationToken);
        return [.. graph.All.OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => Snapshot(g, graph))];
    }

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken)
    {
        var graph = await GraphAsync(cancellationToken);
        return id.System == system && graph.Find(id.ObjectId) is { } group ? Snapshot(group, graph) : null;
    }

    public async Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        group.System == system && account.System == system
        && (await GraphAsync(cancellationToken)).Contains(group.ObjectId, account.ObjectId, direct);

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMembersAsync(
            group,
            account,
            "add-member",
            members => members.Contains(account.ObjectId) ? null : [.. members, account.ObjectId],
            cancellationToken);

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMembersAsync(
            group,
            account,
            "remove-member",
            members => members.Contains(account.ObjectId) ? [.. members.Where(m => m != account.ObjectId)] : null,
            cancellationToken);

    private async Task<Result<Done>> ChangeAccountAsync(
        AccountId id, string operation, Func<SandboxAccount, SandboxAccount?> change, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is null)
            return NoSuchAccount(id);
        var changed = await documents.ChangeAsync(
            SandboxDocuments.Account,
            id.ObjectId,
            account => change(account) is { } next ? new(next, [new SandboxEffect(id.ObjectId, operation, time.GetUtcNow())]) : null,
            cancellationToken);
        return Outcome(changed, NoSuchAccount(id));
    }

    private async Task<Result<Done>> ChangeMembersAsync(
        GroupId id, AccountId account, string operation, Func<IReadOnlyList<string>, string[]?> change, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(cancellationToken) is SandboxRefusal.Unavailable)
            return Refused(SandboxRefusal.Unavailable);
        if (await FindAsync(account, cancellationToken) is null)
            return NoSuchAccount(account);
        if (await ReadGroupAsync(id, cancellationToken) is null)
            return NoSuchGroup(id);
        var changed = await documents.ChangeAsync(
            SandboxDocuments.Group,
            id.ObjectId,
            group => change(group.Members) is { } members
                ? new(group with { Members = members }, [new SandboxEffect(account.ObjectId, operation, time.GetUtcNow())])
                : null,
            cancellationToken);
        return Outcome(changed, NoSuchGroup(id));
    }

    private async Task<IReadOnlyList<AccountSnapshot>> AccountsAsync(Func<SandboxAccount, bool> matches, CancellationToken cancellationToken)
    {
        var found = (await documents.AllAsync(SandboxDocuments.Account, cancellationToken)).Where(a => a.System == system && matches(a)).ToList();
        if (found.Count == 0)
            return [];
        var graph = await GraphAsync(cancellationToken);
        return [.. found.Select(account => Snapshot(account, graph))];
    }

    private async Task<SandboxAccount?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        id.System == system
        && await documents.FindAsync(SandboxDocuments.Account, id.ObjectId, cancellationToken) is { } account
        && account.System == system
            ? account
            : null;

    private async Task<GroupGraph> GraphAsync(CancellationToken cancellationToken) =>
        new((await documents.AllAsync(SandboxDocuments.Group, cancellationToken)).Where(g => g.System == system));

    private async Task<SandboxRefusal> RefusalAsync(CancellationToken cancellationToken) =>
        (await documents.FindAsync(SandboxDocuments.System, system, cancellationToken))?.Refuses ?? SandboxRefusal.None;

    private AccountSnapshot Snapshot(SandboxAccount account, GroupGraph graph) =>
        new(new AccountId(system, account.ObjectId), account.Name, account.Owner is { } owner ? new PersonId(owner) : null)
        {
            SystemName = displayName,
            Kind = account.Kind,
            IsPrivileged = graph.IsPrivilegedAccount(account.ObjectId),
            IsEnabled = account.Enabled,
            LockedSince = account.LockedSince,
            BadAttempts = account.BadAttempts,
            PasswordLastSet = account.PasswordLastSet,
            MustChangePassword = account.MustChangePassword,
            ActiveSessions = account.Sessions,
            SessionsRevokedAt = account.SessionsRevokedAt,
        };

    private GroupSnapshot Snapshot(SandboxGroup group, GroupGraph graph) => new(new GroupId(system, group.ObjectId), group.Name, group.Description)
    {
        SystemName = displayName,
        Owners = [.. group.Owners.Select(owner => new PersonId(owner))],
        IsPrivileged = graph.IsPrivilegedGroup(group.ObjectId),
        Resource = group.Resource,
    };

    private static Result<Done> Outcome(Result<bool> changed, Problem missing)
    {
        if (changed.Failed)
            return changed.Problem;
        return changed.Value ? Done.Value : missing;
    }

    private Problem Refused(SandboxRefusal refusal) => refusal is SandboxRefusal.Policy
        ? new Problem(ProblemCode.PolicyRefused, $"{displayName} refuses new passwords at the moment (practice switch).")
        : new Problem(ProblemCode.SystemUnavailable, $"{displayName} is under maintenance (practice switch).");

    private Problem NoSuchAccount(AccountId id) => new(ProblemCode.NoSuchAccount, $"{id} is not in {displayName}.");

    private Problem NoSuchGroup(GroupId id) => new(ProblemCode.NoSuchGroup, $"{id} is not in {displayName}.");
}

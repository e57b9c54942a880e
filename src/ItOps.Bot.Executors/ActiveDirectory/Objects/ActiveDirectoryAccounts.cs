using System.DirectoryServices.Protocols;
using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ActiveDirectory.Objects;

/// <summary>The accounts and groups of one domain. Every change names its object by the immutable id.</summary>
internal sealed class ActiveDirectoryAccounts(
    DomainConnections connections, AccountReader accounts, GroupReader groups, PasswordSetter passwords, ActiveDirectoryOptions options) : IAccountDirectory
{
    public const string Key = "active-directory";
    public const string Name = "Active Directory";

    public string System => Key;

    public string DisplayName => Name;

    public IReadOnlyList<string> Aliases { get; } = ["windows", "ad", "domain", "windows account", "windows login", "domain account", "pc login", "computer login"];

    /// <summary>No sessions: whoever holds a Kerberos ticket goes on until it ends, and no call ends it.</summary>
    public AccountAbilities Abilities => AccountAbilities.ResetPassword | AccountAbilities.Unlock | AccountAbilities.Membership | AccountAbilities.Block;

    public async Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var bound = await accounts.SnapshotsAsync(await accounts.BoundToAsync(owner, cancellationToken), cancellationToken);
        return [.. bound.Where(a => a.Owner == owner)];
    }

    public async Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        await accounts.SnapshotsAsync(await accounts.NamedAsync(name, cancellationToken), cancellationToken);

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } account ? (await accounts.SnapshotsAsync([account], cancellationToken))[0] : null;

    public async Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken) =>
        id.System == Key ? await passwords.ResetAsync(id.ObjectId, newPassword, mustChange, cancellationToken) : NoSuchAccount(id);

    public Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken) =>
        passwords.CheckAsync(id.ObjectId, password, cancellationToken);

    public async Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } account)
            return NoSuchAccount(id);
        return AccountAttributes.IsLocked(account)
            ? await connections.ChangeAsync(new ModifyRequest(ObjectName.Of(id.ObjectId), DirectoryAttributeOperation.Replace, "lockoutTime", "0"), cancellationToken)
            : Done.Value;
    }

    public async Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } account)
            return NoSuchAccount(id);
        if (AccountAttributes.ControlOf(account) is not { } control)
            return new Problem(ProblemCode.PolicyRefused, $"The bot's service account may not read userAccountControl of {AccountAttributes.NameOf(account)}.");
        var blocked = (control | AccountAttributes.Disabled).ToString(CultureInfo.InvariantCulture);
        return AccountAttributes.IsDisabled(account)
            ? Done.Value
            : await connections.ChangeAsync(new ModifyRequest(ObjectName.Of(id.ObjectId), DirectoryAttributeOperation.Replace, "userAccountControl", blocked), cancellationToken);
    }

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Done>>(new Problem(ProblemCode.NotOffered, $"{Name} has no way to end sessions: tickets go on until they end."));

    public Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken) => groups.AskableAsync(cancellationToken);

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) =>
        id.System == Key ? await groups.ReadAsync(id.ObjectId, cancellationToken) : null;

    public async Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        group.System == Key && account.System == Key && await groups.IsMemberAsync(group.ObjectId, account.ObjectId, direct, cancellationToken);

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMembersAsync(group, account, shouldBeMember: true, cancellationToken);

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMembersAsync(group, account, shouldBeMember: false, cancellationToken);

    private async Task<Result<Done>> ChangeMembersAsync(GroupId group, AccountId account, bool shouldBeMember, CancellationToken cancellationToken)
    {
        if (await FindAsync(account, cancellationToken) is null)
            return NoSuchAccount(account);
        if (await ReadGroupAsync(group, cancellationToken) is null)
            return new Problem(ProblemCode.NoSuchGroup, $"{group} is not in {Name} below {options.BaseDn}.");
        if (await IsMemberAsync(group, account, direct: true, cancellationToken) == shouldBeMember)
            return Done.Value;

        // Whoever is there by the time, or gone, is so with the same success.
        var operation = shouldBeMember ? DirectoryAttributeOperation.Add : DirectoryAttributeOperation.Delete;
        var change = new ModifyRequest(ObjectName.Of(group.ObjectId), operation, "member", ObjectName.Of(account.ObjectId));
        change.Controls.Add(new PermissiveModifyControl());
        return await connections.ChangeAsync(change, cancellationToken);
    }

    private Task<Entry?> FindAsync(AccountId id, CancellationToken cancellationToken) =>
        id.System == Key ? accounts.EntryAsync(id.ObjectId, cancellationToken) : Task.FromResult<Entry?>(null);

    private Problem NoSuchAccount(AccountId id) => new(ProblemCode.NoSuchAccount, $"{id} is not in {Name} below {options.BaseDn}.");
}

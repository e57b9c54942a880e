using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Testing.Accounts;

/// <summary>Stands before a real directory and has every call that changes something go through <see cref="ChangeAsync"/>.</summary>
public abstract class DirectoryInFront(IAccountDirectory real) : IAccountDirectory
{
    public string System => real.System;

    public string DisplayName => real.DisplayName;

    public IReadOnlyList<string> Aliases => real.Aliases;

    public AccountAbilities Abilities => real.Abilities;

    public Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken) => real.AccountsOfAsync(owner, cancellationToken);

    public Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken) => real.FindByNameAsync(name, cancellationToken);

    public Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) => real.ReadAsync(id, cancellationToken);

    public Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken) =>
        real.CheckPasswordAsync(id, password, since, cancellationToken);

    public Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken) => real.GroupsAsync(cancellationToken);

    public Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) => real.ReadGroupAsync(id, cancellationToken);

    public Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        real.IsMemberAsync(group, account, direct, cancellationToken);

    public Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken) =>
        ChangeAsync(() => real.ResetPasswordAsync(id, newPassword, mustChange, cancellationToken));

    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) => ChangeAsync(() => real.BlockAsync(id, cancellationToken));

    public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) => ChangeAsync(() => real.UnlockAsync(id, cancellationToken));

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) => ChangeAsync(() => real.RevokeSessionsAsync(id, cancellationToken));

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeAsync(() => real.AddMemberAsync(group, account, cancellationToken));

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeAsync(() => real.RemoveMemberAsync(group, account, cancellationToken));

    protected abstract Task<Result<Done>> ChangeAsync(Func<Task<Result<Done>>> change);
}

using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Testing.Accounts;

/// <summary>Stands before a real directory, and once lets the connection break at a change: before the request gets through, or before its answer does.</summary>
public sealed class LosesAnAnswer(IAccountDirectory real, bool afterTheEffect) : IAccountDirectory
{
    private int _left = 1;

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
        BreakAsync(() => real.ResetPasswordAsync(id, newPassword, mustChange, cancellationToken));

    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) => BreakAsync(() => real.BlockAsync(id, cancellationToken));

    public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) => BreakAsync(() => real.UnlockAsync(id, cancellationToken));

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) => BreakAsync(() => real.RevokeSessionsAsync(id, cancellationToken));

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        BreakAsync(() => real.AddMemberAsync(group, account, cancellationToken));

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        BreakAsync(() => real.RemoveMemberAsync(group, account, cancellationToken));

    private async Task<Result<Done>> BreakAsync(Func<Task<Result<Done>>> change)
    {
        if (Interlocked.Exchange(ref _left, 0) == 0)
            return await change();
        if (afterTheEffect)
            await change();
        throw new IOException("The connection broke.");
    }
}

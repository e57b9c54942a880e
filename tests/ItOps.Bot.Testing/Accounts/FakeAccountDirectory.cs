using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Testing.Accounts;

/// <summary>A directory whose accounts a test sets and changes at will, and that notes every call that would change something.</summary>
public sealed class FakeAccountDirectory(TimeProvider time, string system = "directory") : IAccountDirectory
{
    private readonly Dictionary<AccountId, AccountSnapshot> _accounts = [];
    private readonly Dictionary<GroupId, GroupSnapshot> _groups = [];
    private readonly HashSet<(GroupId Group, AccountId Account)> _direct = [];
    private readonly HashSet<(GroupId Group, AccountId Account)> _nested = [];

    public string System => system;

    public string DisplayName => "Directory";

    public AccountAbilities Abilities { get; set; } = AccountAbilities.All;

    /// <summary>Calls in order, such as "unlock directory/1".</summary>
    public List<string> Calls { get; } = [];

    public Secret<string>? LastPassword { get; private set; }

    /// <summary>What every change answers with, when set.</summary>
    public Problem? Refuses { get; set; }

    /// <summary>What looking for a person's accounts ends in, when set.</summary>
    public Exception? IsAway { get; set; }

    public AccountId Put(AccountSnapshot account)
    {
        _accounts[account.Id] = account;
        return account.Id;
    }

    public GroupId Put(GroupSnapshot group)
    {
        _groups[group.Id] = group;
        return group.Id;
    }

    public void Change(AccountId id, Func<AccountSnapshot, AccountSnapshot> change) => _accounts[id] = change(_accounts[id]);

    public void PutNestedMember(GroupId group, AccountId account) => _nested.Add((group, account));

    public Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken) =>
        IsAway is { } away ? Task.FromException<IReadOnlyList<AccountSnapshot>>(away) : Task.FromResult<IReadOnlyList<AccountSnapshot>>([.. _accounts.Values.Where(a => a.Owner == owner)]);

    public Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AccountSnapshot>>([.. _accounts.Values.Where(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))]);

    public Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) => Task.FromResult(_accounts.GetValueOrDefault(id));

    public Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken) =>
        Do($"reset {id}", () =>
        {
            LastPassword = newPassword;
            Change(id, a => a with { PasswordLastSet = time.GetUtcNow(), MustChangePassword = mustChange, LockedSince = null, BadAttempts = 0 });
        });

    /// <summary>As a system answers that can only be asked when a password was last set.</summary>
    public Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(_accounts.TryGetValue(id, out var account)
            ? new PasswordCheck(account.PasswordLastSet >= since ? PasswordState.InForce : PasswordState.NotInForce, account.MustChangePassword, $"password set {account.PasswordLastSet:yyyy-MM-dd HH:mm 'UTC'}")
            : new(PasswordState.NotInForce, MustChange: false, "the account is not there any more"));

    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) =>
        Do($"block {id}", () => Change(id, a => a with { IsEnabled = false }));

    public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) =>
        Do($"unlock {id}", () => Change(id, a => a with { LockedSince = null, BadAttempts = 0 }));

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) =>
        Do($"revoke {id}", () => Change(id, a => a with { SessionsRevokedAt = time.GetUtcNow(), ActiveSessions = a.ActiveSessions is null ? null : 0 }));

    public Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GroupSnapshot>>([.. _groups.Values]);

    public Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) => Task.FromResult(_groups.GetValueOrDefault(id));

    public Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        Task.FromResult(_direct.Contains((group, account)) || (!direct && _nested.Contains((group, account))));

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        Do($"add {account} to {group}", () => _direct.Add((group, account)));

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        Do($"remove {account} from {group}", () => _direct.Remove((group, account)));

    private Task<Result<Done>> Do(string call, Action effect)
    {
        if (Refuses is { } problem)
            return Task.FromResult<Result<Done>>(problem);
        Calls.Add(call);
        effect();
        return Task.FromResult<Result<Done>>(Done.Value);
    }
}

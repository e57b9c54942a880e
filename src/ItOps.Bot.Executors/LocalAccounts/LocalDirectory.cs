using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>The accounts of the machine that the bot runs on, through the system's own tools.</summary>
internal sealed class LocalDirectory(LocalReader reader, LinuxTools tools, AccountOwners owners, LocalAccountsOptions options) : IAccountDirectory
{
    public string System => LocalReader.System;

    public string DisplayName => options.DisplayName;

    public IReadOnlyList<string> Aliases => ["linux", "server", "unix"];

    public AccountAbilities Abilities =>
        AccountAbilities.ResetPassword | AccountAbilities.Membership | AccountAbilities.Block | (reader.HasFaillock ? AccountAbilities.Unlock : AccountAbilities.None);

    public async Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var found = new Dictionary<AccountId, AccountSnapshot>();
        foreach (var key in await owners.KeysOfAsync(owner, System, cancellationToken))
        {
            var name = LinuxNames.ParseId(key)?.Name ?? key;
            if (await reader.UserAsync(name, cancellationToken) is not { } user)
                continue;
            var snapshot = await reader.SnapshotAsync(user, cancellationToken);
            if (snapshot.Owner == owner)
                found[snapshot.Id] = snapshot;
        }

        return [.. found.Values];
    }

    /// <summary>As it was written, else in lower case: two names that differ in that alone are two accounts.</summary>
    public async Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        if (!LinuxNames.IsName(name))
            return [];
        var found = new List<AccountSnapshot>();
        foreach (var spelling in new[] { name, name.ToLowerInvariant() }.Distinct(StringComparer.Ordinal))
        {
            if (await reader.UserAsync(spelling, cancellationToken) is { } user)
                found.Add(await reader.SnapshotAsync(user, cancellationToken));
        }

        return found;
    }

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        await reader.UserAsync(id, cancellationToken) is { } user ? await reader.SnapshotAsync(user, cancellationToken) : null;

    public async Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken)
    {
        if (newPassword.Reveal().AsSpan().ContainsAny('\r', '\n', '\0'))
            return new Problem(ProblemCode.InvalidArguments, "A password is one line.");
        return await ChangeAsync(id, Reset, cancellationToken);

        async Task Reset(PasswdEntry user)
        {
            await tools.ChangeAsync(LinuxTool.Chpasswd, [], cancellationToken, newPassword, $"{user.Name}:{newPassword.Reveal()}\n");
            await AfterwardsAsync(async () =>
            {
                if (mustChange)
                    await tools.ChangeAsync(LinuxTool.Chage, ["-d", "0", "--", user.Name], cancellationToken);
                if (reader.HasFaillock)
                    await tools.ChangeAsync(LinuxTool.Faillock, ["--user", user.Name, "--reset"], cancellationToken);
            });
        }
    }

    public async Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await reader.UserAsync(id, cancellationToken) is not { } user)
            return new(PasswordState.NotInForce, MustChange: false, "the account is not there any more");
        var shadow = await reader.ShadowAsync(user, cancellationToken);
        var lastSet = shadow.LastSet is { } at ? $"password set {at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "password set at an unknown time";
        return CryptHash.Matches(password.Reveal(), shadow.Hash) switch
        {
            true => new(PasswordState.InForce, shadow.MustChange, $"{lastSet}, and the stored hash is of the new one"),
            false => new(PasswordState.NotInForce, shadow.MustChange, $"{lastSet}, and the stored hash is not of the new one"),
            null when shadow.HasPassword && !shadow.IsLocked => new(PasswordState.Untold, shadow.MustChange, $"{lastSet}; this machine's crypt library cannot check the hash"),
            null => new(PasswordState.NotInForce, shadow.MustChange, "no password is in force"),
        };
    }

    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        async user =>
        {
            if (!await reader.IsBlockedAsync(user, cancellationToken))
                await tools.ChangeAsync(LinuxTool.Usermod, ["--lock", "--expiredate", "1", "--", user.Name], cancellationToken);
        },
        cancellationToken);

    public async Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) => reader.HasFaillock
        ? await ChangeAsync(
            id,
            async user =>
            {
                if (await reader.IsLockedAsync(user, cancellationToken))
                    await tools.ChangeAsync(LinuxTool.Faillock, ["--user", user.Name, "--reset"], cancellationToken);
            },
            cancellationToken)
        : new Problem(ProblemCode.NotOffered, $"{options.DisplayName} has no {LinuxTool.Faillock}.");

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Done>>(new Problem(ProblemCode.NotOffered, $"{options.DisplayName} does not let the bot end sessions."));

    public async Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken)
    {
        var groups = new List<GroupSnapshot>();
        foreach (var listed in options.Groups)
        {
            if (await reader.GroupAsync(listed.Name, cancellationToken) is { } group)
                groups.Add(reader.Snapshot(group));
        }

        return groups;
    }

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) =>
        await reader.GroupAsync(id, cancellationToken) is { } group ? reader.Snapshot(group) : null;

    public async Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        await reader.UserAsync(account, cancellationToken) is { } user && await reader.GroupAsync(group, cancellationToken) is { } entry
        && (entry.Members.Contains(user.Name, StringComparer.Ordinal) || (!direct && entry.Gid == user.Gid));

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMemberAsync(group, account, "--add", shouldBeMember: true, cancellationToken);

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMemberAsync(group, account, "--delete", shouldBeMember: false, cancellationToken);

    private async Task<Result<Done>> ChangeMemberAsync(GroupId id, AccountId account, string option, bool shouldBeMember, CancellationToken cancellationToken)
    {
        if (await reader.GroupAsync(id, cancellationToken) is not { } group)
            return new Problem(ProblemCode.NoSuchGroup, $"{id} is not on {options.DisplayName}.");
        return await ChangeAsync(
            account,
            async user =>
            {
                if (group.Members.Contains(user.Name, StringComparer.Ordinal) != shouldBeMember)
                    await tools.ChangeAsync(LinuxTool.Gpasswd, [option, user.Name, "--", group.Name], cancellationToken);
            },
            cancellationToken);
    }

    private async Task<Result<Done>> ChangeAsync(AccountId id, Func<PasswdEntry, Task> change, CancellationToken cancellationToken)
    {
        try
        {
            if (await reader.UserAsync(id, cancellationToken) is not { } user)
                return new Problem(ProblemCode.NoSuchAccount, $"{id} is not on {options.DisplayName} any more.");
            await change(user);
            return Done.Value;
        }
        catch (LinuxToolException e)
        {
            return e.Problem;
        }
    }

    /// <summary>What follows a change that has happened: a refusal here does not mean that nothing did.</summary>
    private static async Task AfterwardsAsync(Func<Task> rest)
    {
        try
        {
            await rest();
        }
        catch (LinuxToolException e)
        {
            throw new InvalidOperationException("The password was set, and what follows it was not done.", e);
        }
    }
}

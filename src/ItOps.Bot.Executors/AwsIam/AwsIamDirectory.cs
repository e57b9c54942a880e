using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>The users of the configured AWS accounts. Each operation is one change in IAM, so that a crash can leave it done or undone and nothing between.</summary>
internal sealed class AwsIamDirectory(IamClient client, AwsIamReader reader, IamPower power, AccountOwners owners, AwsIamOptions options, TimeProvider time) : IAccountDirectory
{
    // IAM is eventually consistent: what was written a moment ago may not be read yet.
    private static readonly TimeSpan[] s_looks = [.. new[] { 0, 1, 2, 3, 4, 5, 5 }.Select(s => TimeSpan.FromSeconds(s))];

    public string System => AwsIamReader.System;

    public string DisplayName => "AWS";

    public IReadOnlyList<string> Aliases => ["aws", "amazon", "amazon web services", "iam"];

    public AccountAbilities Abilities => AccountAbilities.ResetPassword | AccountAbilities.Unlock | AccountAbilities.Membership | AccountAbilities.Block;

    public async Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var found = new Dictionary<AccountId, AccountSnapshot>();
        foreach (var key in await owners.KeysOfAsync(owner, System, cancellationToken))
        {
            if (key.Split('/') is not [var id, var name, ..] || reader.Account(id) is not { } account || !IamNames.IsUser(name)
                || await client.UserAsync(account, name, cancellationToken) is not { } user)
                continue;
            var snapshot = await reader.SnapshotAsync(account, user, cancellationToken);
            if (snapshot.Owner == owner)
                found[snapshot.Id] = snapshot;
        }

        return [.. found.Values];
    }

    public async Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        if (!IamNames.IsUser(name))
            return [];
        var found = new List<AccountSnapshot>();
        foreach (var account in options.Accounts)
        {
            if (await client.UserAsync(account, name, cancellationToken) is { } user)
                found.Add(await reader.SnapshotAsync(account, user, cancellationToken));
        }

        return found;
    }

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        await reader.UserAsync(id, cancellationToken) is var (account, user) ? await reader.SnapshotAsync(account, user, cancellationToken) : null;

    public Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken) =>
        ChangeUserAsync(id, async (account, user) =>
        {
            await SetPasswordAsync(account, user.Name, newPassword, mustChange, cancellationToken);
            await SeenAsync(async () => await client.LoginProfileAsync(account, user.Name, cancellationToken) is { } profile && profile.ResetRequired == mustChange, cancellationToken);
            return Done.Value;
        }, cancellationToken);

    /// <summary>IAM has no way to try a password, and tells when it was first made, never when it was last set. What follows from that alone is proof.</summary>
    public async Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (await reader.UserAsync(id, cancellationToken) is not var (account, user))
            return new(PasswordState.NotInForce, MustChange: false, "the user is not there any more");
        IamLoginProfile? profile = null;
        await SeenAsync(async () => (profile = await client.LoginProfileAsync(account, user.Name, cancellationToken)) is { ResetRequired: true }, cancellationToken);
        if (profile is null)
            return new(PasswordState.NotInForce, MustChange: false, "the user has no console password");

        // Compared by IAM's clock, which answers in whole seconds: what was made in the same second may have been made before.
        return profile.Created is { } created && profile.Skew is { } skew && created > since + skew + TimeSpan.FromSeconds(1)
            ? new(PasswordState.InForce, profile.ResetRequired, $"console password made {created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}")
            : new(PasswordState.Untold, profile.ResetRequired, "there is a console password, and AWS does not tell when it was last set");
    }

    /// <summary>Attaches AWS's own policy that denies everything: one change, which sessions that are open feel too, and which detaching takes back.</summary>
    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) =>
        ChangeUserAsync(id, async (account, user) =>
        {
            if (await IsBlockedAsync(account, user, cancellationToken))
                return Done.Value;
            await client.AttachToUserAsync(account, user.Name, DenyAll.ArnFor(user), cancellationToken);
            await SeenAsync(() => IsBlockedAsync(account, user, cancellationToken), cancellationToken);
            return Done.Value;
        }, cancellationToken);

    /// <summary>Switches the newest access key on again, unless security put the user aside.</summary>
    public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) =>
        ChangeUserAsync(id, async (account, user) =>
        {
            if (await QuarantineOfAsync(account, user, cancellationToken) is { } quarantine)
                return new Problem(ProblemCode.PolicyRefused, $"{user.Name} was put aside on purpose: the policy {quarantine} is attached. Whoever attached it lifts it.");
            if (!await IsLockedAsync(account, user, cancellationToken))
                return Done.Value;
            var newest = (await client.AccessKeysAsync(account, user.Name, cancellationToken)).MaxBy(k => (k.Created, k.Id));
            await client.ActivateKeyAsync(account, user.Name, newest!.Id, cancellationToken);
            await SeenAsync(async () => !await IsLockedAsync(account, user, cancellationToken), cancellationToken);
            return Done.Value;
        }, cancellationToken);

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Done>>(new Problem(ProblemCode.NotOffered, "AWS does not let the bot end sessions of an IAM user; blocking the user does."));

    public async Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken)
    {
        var groups = new List<GroupSnapshot>();
        foreach (var listed in options.Groups)
        {
            var account = reader.Account(listed.Account)!;
            if (await client.GroupAsync(account, listed.Name, cancellationToken) is { } group)
                groups.Add(await reader.SnapshotAsync(account, group, cancellationToken));
        }

        return groups;
    }

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) =>
        await reader.GroupAsync(id, cancellationToken) is var (account, group) ? await reader.SnapshotAsync(account, group, cancellationToken) : null;

    public async Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        AwsObjectId.Parse(group.ObjectId) is { } parts && await reader.UserAsync(account, cancellationToken) is var (holder, user) && holder.Id == parts.Account
        && await IsInAsync(holder, user, parts.UniqueId, cancellationToken);

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMemberAsync(group, account, shouldBeMember: true, client.AddToGroupAsync, cancellationToken);

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMemberAsync(group, account, shouldBeMember: false, client.RemoveFromGroupAsync, cancellationToken);

    private async Task SetPasswordAsync(AwsAccount account, string user, Secret<string> password, bool mustChange, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateLoginProfileAsync(account, user, password, mustChange, cancellationToken);
        }
        catch (IamRefusedException e) when (e.Code == IamRefusedException.NoSuchEntity)
        {
            try
            {
                await client.CreateLoginProfileAsync(account, user, password, mustChange, cancellationToken);
            }
            catch (IamRefusedException again) when (again.Code == IamRefusedException.EntityAlreadyExists)
            {
                // It was made a moment ago, by an attempt that was interrupted for instance, and only now IAM knows of it.
                await client.UpdateLoginProfileAsync(account, user, password, mustChange, cancellationToken);
            }
        }
    }

    private Task<Result<Done>> ChangeMemberAsync(
        GroupId id, AccountId member, bool shouldBeMember, Func<AwsAccount, string, string, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        ChangeUserAsync(member, async (account, user) =>
        {
            if (await reader.GroupAsync(id, cancellationToken) is not var (holder, group) || holder != account)
                return new Problem(ProblemCode.NoSuchGroup, $"{id} is not in AWS account {account.Id}.");
            if (await IsInAsync(account, user, group.UniqueId, cancellationToken) == shouldBeMember)
                return Done.Value;
            await change(account, user.Name, group.Name, cancellationToken);
            await SeenAsync(async () => await IsInAsync(account, user, group.UniqueId, cancellationToken) == shouldBeMember, cancellationToken);
            return Done.Value;
        }, cancellationToken);

    private async Task<Result<Done>> ChangeUserAsync(AccountId id, Func<AwsAccount, IamUser, Task<Result<Done>>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.UserAsync(id, cancellationToken) is var (account, user)
                ? await change(account, user)
                : new Problem(ProblemCode.NoSuchAccount, $"{id} is not in AWS any more, or another user has its name.");
        }
        catch (IamRefusedException e)
        {
            return e.Problem;
        }
    }

    /// <summary>Waits until a change that IAM confirmed can be read; not for ever, and whatever goes wrong while looking does not undo the change.</summary>
    private async Task SeenAsync(Func<Task<bool>> look, CancellationToken cancellationToken)
    {
        foreach (var wait in s_looks)
        {
            try
            {
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, time, cancellationToken);
                if (await look())
                    return;
            }
            catch (IamRefusedException)
            {
                return;
            }
        }
    }

    private async Task<string?> QuarantineOfAsync(AwsAccount account, IamUser user, CancellationToken cancellationToken)
    {
        var policies = (await client.AttachedToUserAsync(account, user.Name, cancellationToken)).Select(p => p.Name).ToList();
        policies.AddRange(await client.InlineOfUserAsync(account, user.Name, cancellationToken));
        foreach (var group in await client.GroupsOfAsync(account, user.Name, cancellationToken))
        {
            policies.AddRange((await client.AttachedToGroupAsync(account, group.Name, cancellationToken)).Select(p => p.Name));
            policies.AddRange(await client.InlineOfGroupAsync(account, group.Name, cancellationToken));
        }

        return power.QuarantineOf(policies);
    }

    private async Task<bool> IsBlockedAsync(AwsAccount account, IamUser user, CancellationToken cancellationToken) =>
        (await client.AttachedToUserAsync(account, user.Name, cancellationToken)).Any(DenyAll.Is);

    private async Task<bool> IsLockedAsync(AwsAccount account, IamUser user, CancellationToken cancellationToken) =>
        AwsIamReader.IsLocked(await client.LoginProfileAsync(account, user.Name, cancellationToken), await client.AccessKeysAsync(account, user.Name, cancellationToken));

    private async Task<bool> IsInAsync(AwsAccount account, IamUser user, string group, CancellationToken cancellationToken) =>
        (await client.GroupsOfAsync(account, user.Name, cancellationToken)).Any(g => g.UniqueId == group);
}

using System.Globalization;
using System.Net;
using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.Jira;

/// <summary>
/// Jira Cloud. What people ask for is a role in a project, so that is what a group is here: <c>jira/KEY:roleId</c>. Passwords and sign-in are Atlassian's, not Jira's.
/// </summary>
internal sealed class JiraDirectory(JiraOptions options, JiraClient client, JiraCatalogue catalogue, AccountOwners owners, TimeProvider time) : IAccountDirectory
{
    public const string Key = "jira";
    public const string Name = "Jira";

    private const int Looks = 3;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public string System => Key;

    public string DisplayName => Name;

    public IReadOnlyList<string> Aliases => ["jira", "jira cloud", "atlassian"];

    public AccountAbilities Abilities => AccountAbilities.Membership;

    public async Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, AccountSnapshot>(StringComparer.Ordinal);
        foreach (var key in await owners.KeysOfAsync(owner, Key, cancellationToken))
        {
            IReadOnlyList<JiraUser> users = key.Contains('@', StringComparison.Ordinal)
                ? await CalledAsync(key, cancellationToken)
                : await UserAsync(key, cancellationToken) is { } user ? [user] : [];

            // Whoever else claims the account makes it nobody's, and an address that two accounts have names none.
            if (users is [var only] && await SnapshotAsync(only, cancellationToken) is var account && account.Owner == owner)
                found[account.Id.ObjectId] = account;
        }

        return [.. found.Values];
    }

    /// <summary>The sign-in name of an Atlassian account is its e-mail address, where Jira may tell it.</summary>
    public async Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var found = new List<AccountSnapshot>();
        foreach (var user in await CalledAsync(name, cancellationToken))
            found.Add(await SnapshotAsync(user, cancellationToken));
        return found;
    }

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
        id.System == Key && await UserAsync(id.ObjectId, cancellationToken) is { } user ? await SnapshotAsync(user, cancellationToken) : null;

    public Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken) => NotOfferedAsync();

    public Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(new PasswordCheck(PasswordState.NotInForce, MustChange: false, "Jira holds no passwords"));

    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) => NotOfferedAsync();

    public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) => NotOfferedAsync();

    public Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken) => NotOfferedAsync();

    public Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken) => catalogue.ListAsync(cancellationToken);

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken)
    {
        if (PartsOf(id) is not var (projectKey, roleId)
            || await client.ProjectAsync(projectKey, cancellationToken) is not { } project || project.Key != projectKey
            || await client.RoleAsync(projectKey, roleId, cancellationToken) is not { } role)
            return null;
        var lead = project.Lead is { Active: true, AccountId: { } leadId } ? await owners.OwnerAsync(Key, [leadId], cancellationToken) : null;
        return catalogue.Snapshot(project, roleId, role.Name ?? "") with { Owners = lead is { } person ? [person] : [] };
    }

    public async Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken)
    {
        if (PartsOf(group) is not var (project, roleId) || account.System != Key || !JiraIds.IsAccount(account.ObjectId)
            || await client.RoleAsync(project, roleId, cancellationToken) is not { Actors: { } actors })
            return false;
        if (actors.Any(a => a.ActorUser?.AccountId == account.ObjectId))
            return true;
        var groups = direct ? [] : actors.Select(a => a.ActorGroup?.GroupId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return groups.Count > 0 && (await client.GroupsOfAsync(account.ObjectId, cancellationToken)).Any(g => g.GroupId is { } id && groups.Contains(id));
    }

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeAsync(group, account, member: true, cancellationToken);

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeAsync(group, account, member: false, cancellationToken);

    private async Task<Result<Done>> ChangeAsync(GroupId group, AccountId account, bool member, CancellationToken cancellationToken)
    {
        if (PartsOf(group) is not var (project, role) || await ReadGroupAsync(group, cancellationToken) is not { } before)
            return new Problem(ProblemCode.NoSuchGroup, $"{group} is not in {Name}.");
        if (before.IsPrivileged)
            return new Problem(ProblemCode.PrivilegedTarget, $"{before.Name} ({group}) administers the project.");
        if (before.ClosedBecause is { } closed)
            return new Problem(ProblemCode.PolicyRefused, $"{before.Name} ({group}): {closed}.");
        if (account.System != Key || await UserAsync(account.ObjectId, cancellationToken) is null)
            return new Problem(ProblemCode.NoSuchAccount, $"{account} is not in {Name}.");
        if (await IsMemberAsync(group, account, direct: true, cancellationToken) == member)
            return Done.Value;

        var gone = new Problem(ProblemCode.NoSuchGroup, $"{group} or {account} went away.");
        var changed = member
            ? await client.AddAsync(project, role, account.ObjectId, gone, cancellationToken)
            : await client.RemoveAsync(project, role, account.ObjectId, gone, cancellationToken);
        for (var look = 1; ; look++)
        {
            // What was refused because it is so already is as good as done.
            if (await IsMemberAsync(group, account, direct: true, cancellationToken) == member)
                return Done.Value;
            if (changed.Failed || look == Looks)
                return changed;
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    private async Task<JiraUser?> UserAsync(string accountId, CancellationToken cancellationToken) =>
        JiraIds.IsAccount(accountId) && await client.UserAsync(accountId, cancellationToken) is { } user && user.AccountId == accountId ? user : null;

    private async Task<IReadOnlyList<JiraUser>> CalledAsync(string name, CancellationToken cancellationToken)
    {
        var accounts = new List<JiraUser>();
        foreach (var found in await JiraNames.FindAsync(client, name, cancellationToken))
        {
            // What a search finds is not told whole.
            if (await UserAsync(found.AccountId, cancellationToken) is { } user)
                accounts.Add(user);
        }

        return accounts;
    }

    private async Task<AccountSnapshot> SnapshotAsync(JiraUser user, CancellationToken cancellationToken)
    {
        var power = await PowerAsync(user.AccountId, cancellationToken);
        var isCustomer = user.AccountType is not (JiraUser.Person or JiraUser.Program);
        string? licence = user.ApplicationRoles?.Items is { } products
            ? products.Count == 0 ? "has no licence for Jira" : $"licence: {string.Join(", ", products.Select(p => p.Name ?? p.Key))}"
            : null;
        string[] keys = user.EmailAddress is { Length: > 0 } email ? [user.AccountId, email] : [user.AccountId];
        return new(new(Key, user.AccountId), user.EmailAddress ?? user.DisplayName ?? user.AccountId, await owners.OwnerAsync(Key, keys, cancellationToken))
        {
            SystemName = Name,
            Kind = user.AccountType == JiraUser.Program ? AccountKind.Service : AccountKind.Person,
            IsPrivileged = power is not null,
            IsEnabled = user.Active,
            Withheld = isCustomer ? AccountAbilities.Membership : AccountAbilities.None,
            WithheldBecause = isCustomer ? "is an account of a service desk's portal, which has no part in projects" : null,
            Remarks = [.. new[] { power, licence }.OfType<string>()],
        };
    }

    /// <summary>Why the account is privileged; none when it is not. What cannot be read counts as power.</summary>
    private async Task<string?> PowerAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            var group = (await client.GroupsOfAsync(accountId, cancellationToken)).FirstOrDefault(g => options.IsPowerful(g.Name ?? ""));
            return group is null ? null : $"is in {group.Name}, which administers Jira";
        }
        catch (JiraException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            return "counts as privileged: the bot may not see its groups (Browse users and groups)";
        }
    }

    private static (string Project, string Role)? PartsOf(GroupId id) => id.System == Key ? JiraIds.Read(id.ObjectId) : null;

    private static Task<Result<Done>> NotOfferedAsync() =>
        Task.FromResult<Result<Done>>(new Problem(ProblemCode.NotOffered, string.Create(CultureInfo.InvariantCulture, $"{Name} lets the bot change roles in projects, and nothing else.")));
}

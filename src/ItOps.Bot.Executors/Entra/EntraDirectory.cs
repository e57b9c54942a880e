using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Entra.Graph;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using Microsoft.Graph.Models;

namespace ItOps.Bot.Executors.Entra;

/// <summary>
/// The accounts of an Entra tenant. There is nothing to unlock: Entra lifts its own lockout after a minute or so, and an account that is switched off was switched
/// off by somebody.
/// </summary>
internal sealed class EntraDirectory(GraphReader reader, GraphWriter writer, GraphClock clock, EntraSnapshots snapshots, AccountOwners owners, TimeProvider time) : IAccountDirectory
{
    public const string Key = "entra";
    public const string Name = "Microsoft Entra ID";

    // A change that Graph has confirmed may take some seconds to show in a reading.
    private const int Looks = 4;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public string System => Key;

    public string DisplayName => Name;

    public IReadOnlyList<string> Aliases => ["entra", "entra id", "azure", "azure ad", "aad", "microsoft", "microsoft 365", "m365", "office", "office 365", "o365", "teams", "outlook"];

    public AccountAbilities Abilities => AccountAbilities.ResetPassword | AccountAbilities.RevokeSessions | AccountAbilities.Membership | AccountAbilities.Block;

    public async Task<IReadOnlyList<AccountSnapshot>> AccountsOfAsync(PersonId owner, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, AccountSnapshot>(StringComparer.Ordinal);
        foreach (var key in await owners.KeysOfAsync(owner, Key, cancellationToken))
        {
            IReadOnlyList<User> users = EntraIds.Read(key) is { } id
                ? await reader.AccountAsync(id, cancellationToken) is { } user ? [user] : []
                : await CalledAsync(key, cancellationToken);

            // Whoever else claims the account makes it nobody's, and a name that two accounts have names none.
            if (users is [var only] && await snapshots.OfAsync(only, cancellationToken) is var account && account.Owner == owner)
                found[account.Id.ObjectId] = account;
        }

        return [.. found.Values];
    }

    public async Task<IReadOnlyList<AccountSnapshot>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var found = new List<AccountSnapshot>();
        foreach (var user in await CalledAsync(name, cancellationToken))
            found.Add(await snapshots.OfAsync(user, cancellationToken));
        return found;
    }

    public async Task<AccountSnapshot?> ReadAsync(AccountId id, CancellationToken cancellationToken)
    {
        if (IdOf(id) is not { } objectId)
            return null;
        if (await reader.AccountAsync(objectId, cancellationToken) is { } user)
            return await snapshots.OfAsync(user, cancellationToken);
        return await reader.ObjectAsync(objectId, cancellationToken) is ServicePrincipal program ? EntraSnapshots.Of(program) : null;
    }

    public async Task<Result<Done>> ResetPasswordAsync(AccountId id, Secret<string> newPassword, bool mustChange, CancellationToken cancellationToken)
    {
        if (IdOf(id) is not { } objectId || await reader.AccountAsync(objectId, cancellationToken) is not { } user)
            return NoSuchAccount(id);
        if (await snapshots.PasswordElsewhereAsync(user, cancellationToken) is { } elsewhere)
            return new Problem(ProblemCode.PolicyRefused, $"{user.UserPrincipalName} {elsewhere}.");

        return await writer.SetPasswordAsync(objectId, newPassword, mustChange, NoSuchAccount(id), cancellationToken);
    }

    public async Task<PasswordCheck> CheckPasswordAsync(AccountId id, Secret<string> password, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var user = await LookAsync(id, u => u.LastPasswordChangeDateTime is { } set && clock.Latest(set) >= since, cancellationToken);
        if (user is null)
            return new(PasswordState.NotInForce, MustChange: false, "the account is not there any more");
        if (user.LastPasswordChangeDateTime is not { } at)
            return new(PasswordState.Untold, EntraSnapshots.MustChange(user) ?? true, "Entra does not say when the password was set");

        var state = clock.Earliest(at) >= since ? PasswordState.InForce : clock.Latest(at) >= since ? PasswordState.Untold : PasswordState.NotInForce;
        var exact = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

        // Both were set by one call, so where Graph does not show the one it is as the other.
        return new(state, EntraSnapshots.MustChange(user) ?? state != PasswordState.NotInForce, state switch
        {
            PasswordState.InForce => $"password set {exact}, after the step began",
            PasswordState.Untold => $"password set {exact}, as the step began; Entra's clock is not read more closely",
            _ => $"password set {exact}, before the step began",
        });
    }

    public Task<Result<Done>> BlockAsync(AccountId id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        async (user, objectId) => user.AccountEnabled == false ? Done.Value : await writer.BlockAsync(objectId, NoSuchAccount(id), cancellationToken),
        user => user.AccountEnabled == false,
        cancellationToken);

    public Task<Result<Done>> UnlockAsync(AccountId id, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Done>>(new Problem(ProblemCode.NotOffered, $"{Name} lifts its own lockouts, and nobody else can."));

    public async Task<Result<Done>> RevokeSessionsAsync(AccountId id, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        return await ChangeAsync(
            id,
            (_, objectId) => writer.RevokeAsync(objectId, NoSuchAccount(id), cancellationToken),
            user => user.SignInSessionsValidFromDateTime is { } from && clock.Latest(from) >= began,
            cancellationToken);
    }

    /// <summary>Those that the operator lists: a tenant has thousands of groups that nobody may ask for.</summary>
    public async Task<IReadOnlyList<GroupSnapshot>> GroupsAsync(CancellationToken cancellationToken)
    {
        var found = new List<GroupSnapshot>();
        foreach (var id in snapshots.Requestable)
        {
            if (await ReadGroupAsync(new(Key, id), cancellationToken) is { } group)
                found.Add(group);
        }

        return [.. found.OrderBy(g => g.Name, StringComparer.Ordinal)];
    }

    public async Task<GroupSnapshot?> ReadGroupAsync(GroupId id, CancellationToken cancellationToken) =>
        IdOf(id) is { } objectId && await reader.GroupAsync(objectId, cancellationToken) is { } group ? await snapshots.OfAsync(group, cancellationToken) : null;

    public async Task<bool> IsMemberAsync(GroupId group, AccountId account, bool direct, CancellationToken cancellationToken) =>
        IdOf(group) is { } groupId && IdOf(account) is { } userId && (await reader.MembershipsAsync(userId, direct, cancellationToken)).Any(m => m.Id == groupId);

    public Task<Result<Done>> AddMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMembersAsync(group, account, member: true, cancellationToken);

    public Task<Result<Done>> RemoveMemberAsync(GroupId group, AccountId account, CancellationToken cancellationToken) =>
        ChangeMembersAsync(group, account, member: false, cancellationToken);

    private async Task<Result<Done>> ChangeMembersAsync(GroupId group, AccountId account, bool member, CancellationToken cancellationToken)
    {
        if (await ReadGroupAsync(group, cancellationToken) is not { } before)
            return new Problem(ProblemCode.NoSuchGroup, $"{group} is not in {Name}.");
        if (before.IsPrivileged)
            return new Problem(ProblemCode.PrivilegedTarget, $"The group {before.Name} ({group}) gives power over others.");
        if (before.ClosedBecause is { } closed)
            return new Problem(ProblemCode.PolicyRefused, $"The group {before.Name} ({group}): {closed}.");
        if (IdOf(account) is not { } userId || await reader.AccountAsync(userId, cancellationToken) is null)
            return NoSuchAccount(account);
        if (await IsMemberAsync(group, account, direct: true, cancellationToken) == member)
            return Done.Value;

        var gone = new Problem(ProblemCode.NoSuchGroup, $"{group} or {account} went away.");
        var changed = member
            ? await writer.AddMemberAsync(IdOf(group)!, userId, gone, cancellationToken)
            : await writer.RemoveMemberAsync(IdOf(group)!, userId, gone, cancellationToken);
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

    /// <summary>Changes the user, then waits until a reading shows it.</summary>
    private async Task<Result<Done>> ChangeAsync(AccountId id, Func<User, string, Task<Result<Done>>> change, Func<User, bool> shows, CancellationToken cancellationToken)
    {
        if (IdOf(id) is not { } objectId || await reader.AccountAsync(objectId, cancellationToken) is not { } user)
            return NoSuchAccount(id);
        var changed = await change(user, objectId);
        if (!changed.Failed)
            await LookAsync(id, shows, cancellationToken);
        return changed;
    }

    /// <summary>Reads the user until they are as expected, a few times at most.</summary>
    private async Task<User?> LookAsync(AccountId id, Func<User, bool> isSo, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var user = IdOf(id) is { } objectId ? await reader.AccountAsync(objectId, cancellationToken) : null;
            if (user is null || isSo(user) || look == Looks)
                return user;
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    /// <summary>Users whose sign-in name or address is this one, compared again here: the server sees no difference between some look-alikes.</summary>
    private async Task<IReadOnlyList<User>> CalledAsync(string name, CancellationToken cancellationToken)
    {
        var trimmed = name.Trim();
        if (ODataText.IsNoName(trimmed))
            return [];
        var (quoted, wanted) = (ODataText.Quote(trimmed), new PersonName(trimmed));
        var accounts = new List<User>();
        foreach (var found in await reader.PeopleAsync($"userPrincipalName eq {quoted} or mail eq {quoted}", cancellationToken))
        {
            if ((new PersonName(found.UserPrincipalName ?? "").Matches(wanted) || new PersonName(found.Mail ?? "").Matches(wanted)) && await reader.AccountAsync(found.Id!, cancellationToken) is { } user)
                accounts.Add(user);
        }

        return accounts;
    }

    private static string? IdOf(AccountId id) => id.System == Key ? EntraIds.Read(id.ObjectId) : null;

    private static string? IdOf(GroupId id) => id.System == Key ? EntraIds.Read(id.ObjectId) : null;

    private static Problem NoSuchAccount(AccountId id) => new(ProblemCode.NoSuchAccount, $"{id} is not in {Name}.");
}

using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.People;

namespace ItOps.Bot.Executors.ActiveDirectory.Objects;

/// <summary>Reads accounts, each with whose it is and whether chat may touch it, as it is now.</summary>
internal sealed class AccountReader(DomainSearch search, ProtectedGroups protectedGroups, AccountOwners owners, ActiveDirectoryOptions options, TimeProvider time)
{
    // Two are too many for every caller; longer names there are none (MS-ADA3 2.222, 2.352).
    private const int Enough = 20;
    private const int LongestName = 1024;

    private static readonly LdapFilter s_isAccount = LdapFilter.Is("objectClass", "user");

    private readonly DistinguishedName _base = DistinguishedName.Parse(options.BaseDn)!;

    public async Task<Entry?> EntryAsync(string objectId, CancellationToken cancellationToken) =>
        ObjectName.Of(objectId) is { } name
        && await search.OneAsync(name, s_isAccount, AccountAttributes.All, cancellationToken) is { } entry
        && IsInside(entry)
            ? entry
            : null;

    /// <summary>All whose sign-in name, short or long, is exactly this one.</summary>
    public async Task<IReadOnlyList<Entry>> NamedAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > LongestName)
            return [];
        var filter = LdapFilter.All(s_isAccount, LdapFilter.Any(LdapFilter.Is("sAMAccountName", name), LdapFilter.Is("userPrincipalName", name)));
        var found = await search.BelowAsync(options.BaseDn, filter, AccountAttributes.All, Enough, cancellationToken);

        // The directory holds e and é for the same letter.
        return [.. found.Where(e => IsSame(AccountAttributes.NameOf(e), name) || IsSame(AccountAttributes.PrincipalNameOf(e), name))];
    }

    public async Task<IReadOnlyList<AccountSnapshot>> SnapshotsAsync(IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return [];
        var power = await protectedGroups.ReadAsync(cancellationToken);
        var snapshots = new List<AccountSnapshot>();
        foreach (var entry in entries)
        {
            snapshots.Add(AccountAttributes.Snapshot(entry, ActiveDirectoryAccounts.Key, ActiveDirectoryAccounts.Name, time.GetUtcNow()) with
            {
                Owner = await OwnerAsync(entry, cancellationToken),
                Kind = KindOf(entry),
                IsPrivileged = await protectedGroups.IsPrivilegedAccountAsync(entry, power, cancellationToken),
            });
        }

        return snapshots;
    }

    public Task<PersonId?> OwnerAsync(Entry account, CancellationToken cancellationToken) =>
        owners.OwnerAsync(ActiveDirectoryAccounts.Key, KeysOf(account), cancellationToken);

    /// <summary>The accounts that are bound to the person, whether or not somebody else claims them too.</summary>
    public async Task<IReadOnlyList<Entry>> BoundToAsync(PersonId person, CancellationToken cancellationToken)
    {
        var found = new List<Entry>();
        foreach (var key in await owners.KeysOfAsync(person, ActiveDirectoryAccounts.Key, cancellationToken))
        {
            if (await EntryAsync(key, cancellationToken) is { } entry)
                found.Add(entry);
            else if (await NamedAsync(key, cancellationToken) is [var only])
                found.Add(only);
        }

        return [.. found.DistinctBy(e => e.ObjectId)];
    }

    private static List<string> KeysOf(Entry account)
    {
        var keys = new List<string> { account.ObjectId, AccountAttributes.NameOf(account) };
        if (AccountAttributes.PrincipalNameOf(account) is { } principal)
            keys.Add(principal);
        return keys;
    }

    private AccountKind KindOf(Entry account)
    {
        if (options.BreakGlassAccounts.Any(b => b == account.ObjectId || IsSame(AccountAttributes.NameOf(account), b)))
            return AccountKind.BreakGlass;
        return AccountAttributes.IsForServices(account) || IsWithin(account, options.ServiceAccountContainers) ? AccountKind.Service : AccountKind.Person;
    }

    private bool IsInside(Entry entry) => IsWithin(entry, [_base]);

    private static bool IsWithin(Entry entry, IReadOnlyList<DistinguishedName> places) => DistinguishedName.Parse(entry.Name) is { } name && places.Any(name.IsWithin);

    private static bool IsSame(string? name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}

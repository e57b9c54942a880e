using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.People;

namespace ItOps.Bot.Executors.ActiveDirectory.Objects;

/// <summary>Reads groups and who is in them, as it is now.</summary>
internal sealed class GroupReader(DomainSearch search, ProtectedGroups protectedGroups, AccountReader accounts, ActiveDirectoryOptions options)
{
    private static readonly string[] s_attributes = [Entry.GuidAttribute, "objectClass", "objectSid", "sAMAccountName", "description", "managedBy", "adminCount"];
    private static readonly LdapFilter s_isGroup = LdapFilter.Is("objectClass", "group");

    private readonly DistinguishedName _base = DistinguishedName.Parse(options.BaseDn)!;

    /// <summary>The groups that the settings name; one that is not there is left out.</summary>
    public async Task<IReadOnlyList<GroupSnapshot>> AskableAsync(CancellationToken cancellationToken)
    {
        if (options.Resources.Count == 0)
            return [];
        var named = LdapFilter.Any(options.Resources.Select(r => LdapFilter.Is("sAMAccountName", r.Group)));
        var found = await search.BelowAsync(options.BaseDn, LdapFilter.All(s_isGroup, named), s_attributes, options.Resources.Count * 2, cancellationToken);
        return await SnapshotsAsync([.. found.Where(g => ResourceOf(g) is not null)], cancellationToken);
    }

    public async Task<GroupSnapshot?> ReadAsync(string objectId, CancellationToken cancellationToken) =>
        await EntryAsync(objectId, cancellationToken) is { } group ? (await SnapshotsAsync([group], cancellationToken))[0] : null;

    public async Task<bool> IsMemberAsync(string groupId, string accountId, bool direct, CancellationToken cancellationToken)
    {
        if (await EntryAsync(groupId, cancellationToken) is not { } group || await accounts.EntryAsync(accountId, cancellationToken) is not { } account)
            return false;
        var isPrimary = group.Bytes("objectSid") is { } id && account.Number("primaryGroupID") == SecurityId.RelativeId(id);
        var contains = direct ? LdapFilter.Is("memberOf", group.Name) : LdapFilter.InChain("memberOf", group.Name);
        return isPrimary || await search.OneAsync(ObjectName.Of(accountId)!, contains, [Entry.GuidAttribute], cancellationToken) is not null;
    }

    private async Task<Entry?> EntryAsync(string objectId, CancellationToken cancellationToken) =>
        ObjectName.Of(objectId) is { } name
        && await search.OneAsync(name, s_isGroup, s_attributes, cancellationToken) is { } group
        && DistinguishedName.Parse(group.Name)?.IsWithin(_base) == true
            ? group
            : null;

    private async Task<IReadOnlyList<GroupSnapshot>> SnapshotsAsync(IReadOnlyList<Entry> groups, CancellationToken cancellationToken)
    {
        if (groups.Count == 0)
            return [];
        var power = await WithPolicyGroupsAsync(await protectedGroups.ReadAsync(cancellationToken), cancellationToken);
        var snapshots = new List<GroupSnapshot>();
        foreach (var group in groups.OrderBy(g => g.Text("sAMAccountName"), StringComparer.Ordinal))
        {
            snapshots.Add(new(new(ActiveDirectoryAccounts.Key, group.ObjectId), group.Text("sAMAccountName") ?? group.Name, group.Text("description") ?? "")
            {
                SystemName = ActiveDirectoryAccounts.Name,
                Owners = await OwnersAsync(group, cancellationToken),
                IsPrivileged = await protectedGroups.IsPrivilegedGroupAsync(group, power, cancellationToken),
                Resource = ResourceOf(group),
            });
        }

        return snapshots;
    }

    /// <summary>Who is in a group that a policy names decides over others.</summary>
    private async Task<ProtectedSet?> WithPolicyGroupsAsync(ProtectedSet? power, CancellationToken cancellationToken)
    {
        if (power is null || options.PolicyGroupsBaseDn is not { } policies)
            return power;
        var groups = await search.BelowAsync(policies, s_isGroup, [Entry.GuidAttribute], atMost: 1000, cancellationToken);
        return power with { Places = power.Places.Concat(groups.Select(g => g.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase) };
    }

    private async Task<IReadOnlyList<PersonId>> OwnersAsync(Entry group, CancellationToken cancellationToken)
    {
        if (group.Text("managedBy") is not { } manager)
            return [];
        var account = await search.OneAsync(manager, LdapFilter.Is("objectClass", "user"), AccountAttributes.All, cancellationToken);
        return account is not null && await accounts.OwnerAsync(account, cancellationToken) is { } owner ? [owner] : [];
    }

    private GroupResource? ResourceOf(Entry group) =>
        options.Resources.FirstOrDefault(r => string.Equals(r.Group, group.Text("sAMAccountName"), StringComparison.OrdinalIgnoreCase)).Resource;
}

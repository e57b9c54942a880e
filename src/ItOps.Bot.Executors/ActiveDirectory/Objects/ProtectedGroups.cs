using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Queries;

namespace ItOps.Bot.Executors.ActiveDirectory.Objects;

/// <summary>
/// Who and what has power over others (I10): the groups that every domain has for it, by their numbers, whatever they are called; those that the operator names; and
/// all that leads into them through any number of groups, as it is now. What cannot be told counts as privileged.
/// </summary>
internal sealed class ProtectedGroups(DomainSearch search, ActiveDirectoryOptions options)
{
    private const uint DomainAdmins = 512;

    // MS-DTYP 2.4.2.4. Administrator; Domain Admins, Domain Controllers, Cert Publishers, Schema Admins, Enterprise Admins, Group Policy Creator Owners, both
    // kinds of read-only controllers, Cloneable Domain Controllers, Protected Users, Key Admins, Enterprise Key Admins.
    private static readonly uint[] s_inDomain = [500, DomainAdmins, 516, 517, 518, 519, 520, 498, 521, 522, 525, 526, 527];

    // Administrators; Account, Server, Print and Backup Operators; Replicator, Incoming Forest Trust Builders, Cryptographic Operators, Hyper-V Administrators.
    private static readonly uint[] s_builtin = [544, 548, 549, 550, 551, 552, 557, 569, 578];

    // Made by DNS servers without a number of its own; its members can run code on domain controllers.
    private const string DnsAdmins = "DnsAdmins";

    private static readonly string[] s_attributes = [Entry.GuidAttribute, "objectSid", "sAMAccountName"];

    /// <summary>The groups as they are now; none when they cannot be told.</summary>
    public async Task<ProtectedSet?> ReadAsync(CancellationToken cancellationToken)
    {
        var domain = await search.DomainIdAsync(cancellationToken);
        var known = s_inDomain.Select(n => SecurityId.InDomain(domain, n)).Concat(s_builtin.Select(SecurityId.Builtin)).Select(id => LdapFilter.Is("objectSid", id));
        var named = options.PrivilegedGroups.Append(DnsAdmins).Select(Named);
        var found = await search.BelowAsync(
            await search.DomainAsync(cancellationToken), LdapFilter.Any([.. known, .. named]), s_attributes, atMost: 1000, cancellationToken);
        var set = new ProtectedSet(
            found.Select(g => g.Name).ToHashSet(StringComparer.OrdinalIgnoreCase), found.Select(g => g.Bytes("objectSid")).OfType<byte[]>().Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal));
        var isComplete = set.Ids.Contains(Convert.ToHexString(SecurityId.InDomain(domain, DomainAdmins))) && options.PrivilegedGroups.All(wanted => found.Any(g => IsCalled(g, wanted)));
        return isComplete ? set : null;
    }

    /// <summary>The configured groups that are not there; nothing is unprivileged while there are any.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var found = await search.BelowAsync(
            await search.DomainAsync(cancellationToken), LdapFilter.Any(options.PrivilegedGroups.Select(Named)), s_attributes, atMost: 1000, cancellationToken);
        return [.. options.PrivilegedGroups.Where(wanted => !found.Any(g => IsCalled(g, wanted)))];
    }

    /// <summary>
    /// By a mark that the domain puts on them, by the groups that would be in their ticket, which includes the primary one, or by groups of other kinds. Groups that the bot
    /// may not read look like none, but for the list in the ticket, which is never empty.
    /// </summary>
    public async Task<bool> IsPrivilegedAccountAsync(Entry account, ProtectedSet? set, CancellationToken cancellationToken)
    {
        if (set is null || IsMarked(account, set))
            return true;
        var ticket = await search.OneAsync(ObjectName.Of(account.ObjectId)!, LdapFilter.Anything, ["tokenGroups"], cancellationToken);
        return ticket?.AllBytes("tokenGroups") is not [_, ..] groups
            || groups.Any(id => set.Ids.Contains(Convert.ToHexString(id)))
            || await LeadsIntoAsync(account, set, cancellationToken);
    }

    /// <summary>One of them, or inside of one: whoever joins it has the same power.</summary>
    public async Task<bool> IsPrivilegedGroupAsync(Entry group, ProtectedSet? set, CancellationToken cancellationToken) =>
        set is null || IsMarked(group, set) || await LeadsIntoAsync(group, set, cancellationToken);

    private static bool IsMarked(Entry entry, ProtectedSet set) =>
        entry.Number("adminCount") is > 0 || set.Places.Contains(entry.Name) || entry.Bytes("objectSid") is not { } id || set.Ids.Contains(Convert.ToHexString(id));

    private async Task<bool> LeadsIntoAsync(Entry entry, ProtectedSet set, CancellationToken cancellationToken) =>
        await search.OneAsync(
            ObjectName.Of(entry.ObjectId)!, LdapFilter.Any(set.Places.Select(p => LdapFilter.InChain("memberOf", p))), [Entry.GuidAttribute], cancellationToken) is not null;

    private static LdapFilter Named(string group) =>
        ObjectName.Of(group) is not null ? LdapFilter.Is(Entry.GuidAttribute, ObjectName.Bytes(group)) : LdapFilter.Is("sAMAccountName", group);

    private static bool IsCalled(Entry group, string wanted) =>
        group.ObjectId == wanted || string.Equals(group.Text("sAMAccountName"), wanted, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where the protected groups are, and their security identifiers in hexadecimal.</summary>
internal sealed record ProtectedSet(IReadOnlySet<string> Places, IReadOnlySet<string> Ids);

using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Objects;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.People;

namespace ItOps.Bot.Executors.ActiveDirectory.People;

/// <summary>Reads users as people. Nothing is kept, so that whoever leaves or loses a group has done so by the next question.</summary>
internal sealed class PeopleReader(DomainSearch search, ActiveDirectoryOptions options, TimeProvider time)
{
    private static readonly string[] s_attributes =
    [
        Entry.GuidAttribute, "sAMAccountName", "userPrincipalName", "givenName", "displayName", "cn", "mail", "department", "manager", "userAccountControl", "accountExpires",
    ];

    private static readonly LdapFilter s_isPerson = LdapFilter.All(LdapFilter.Is("objectCategory", "person"), LdapFilter.Is("objectClass", "user"));
    private static readonly LdapFilter s_isEnabled = LdapFilter.Not(LdapFilter.HasBits("userAccountControl", AccountAttributes.Disabled));

    private readonly DistinguishedName _base = DistinguishedName.Parse(options.PeopleBaseDn)!;

    /// <summary>Somebody, whether or not they may sign in.</summary>
    public async Task<Entry?> EntryAsync(string objectId, CancellationToken cancellationToken) =>
        ObjectName.Of(objectId) is { } name
        && await search.OneAsync(name, s_isPerson, s_attributes, cancellationToken, extendedNames: true) is { } entry
        && DistinguishedName.Parse(Entry.PlaceIn(entry.Name))?.IsWithin(_base) == true
            ? entry
            : null;

    /// <summary>Somebody who may sign in now.</summary>
    public async Task<Entry?> ActiveAsync(string objectId, CancellationToken cancellationToken) =>
        await EntryAsync(objectId, cancellationToken) is { } entry && IsActive(entry) ? entry : null;

    public async Task<IReadOnlyList<Entry>> WhereAsync(LdapFilter filter, int atMost, CancellationToken cancellationToken)
    {
        var found = await search.BelowAsync(options.PeopleBaseDn, LdapFilter.All(s_isPerson, s_isEnabled, filter), s_attributes, atMost, cancellationToken, extendedNames: true);
        return [.. found.Where(IsActive)];
    }

    public static Person ToPerson(Entry entry)
    {
        string?[] names = [AccountAttributes.NameOf(entry), entry.Text("givenName"), entry.Text("displayName"), entry.Text("cn"), entry.Text("mail"), entry.Text("userPrincipalName")];
        return new(
            new(entry.ObjectId),
            entry.Text("displayName") ?? entry.Text("cn") ?? AccountAttributes.NameOf(entry),
            entry.Text("givenName") ?? entry.Text("displayName") ?? AccountAttributes.NameOf(entry),
            entry.Text("mail") ?? "",
            entry.Text("department"),
            Entry.GuidIn(entry.Text("manager")) is { } manager ? new PersonId(manager) : null,
            [.. names.OfType<string>().Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private bool IsActive(Entry entry) => !AccountAttributes.IsDisabled(entry) && !AccountAttributes.IsExpired(entry, time.GetUtcNow());
}

using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Executors.ActiveDirectory.People;

/// <summary>
/// Who works here, from the domain: everybody whose user may sign in. A person's id is the user's objectGUID. The groups that policies name are those below
/// <c>PolicyGroupsBaseDn</c>, by sAMAccountName, which the domain keeps unique.
/// </summary>
internal sealed class ActiveDirectoryPeople(DomainSearch search, PeopleReader people, ActiveDirectoryOptions options) : IPersonDirectory
{
    private const int MostOfAName = 50;
    private const int MostInAGroup = 2000;
    private const int MostOfAll = 5000;
    private const int LongestName = 256;

    private static readonly string[] s_nameAttributes = ["sAMAccountName", "givenName", "displayName", "cn", "mail", "userPrincipalName"];
    private static readonly string[] s_groupAttributes = [Entry.GuidAttribute, "sAMAccountName"];
    private static readonly LdapFilter s_isGroup = LdapFilter.Is("objectClass", "group");

    public async Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) =>
        await people.ActiveAsync(id.Value, cancellationToken) is { } entry ? PeopleReader.ToPerson(entry) : null;

    /// <summary>The domain knows nothing of chat accounts; the operator's bindings and e-mail addresses do.</summary>
    public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>([]);

    public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChannelIdentity>>([]);

    public async Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > LongestName)
            return [];

        // The directory takes e for é and is asked only to narrow down; whether it is the name is decided here.
        var wanted = new PersonName(trimmed);
        string[] spellings = [.. new[] { trimmed, wanted.Composed }.Distinct(StringComparer.Ordinal)];
        var found = await people.WhereAsync(
            LdapFilter.Any(s_nameAttributes.SelectMany(a => spellings.Select(s => LdapFilter.Is(a, s)))), MostOfAName, cancellationToken);
        return Ordered(found.Select(PeopleReader.ToPerson).Where(p => p.Names.Any(own => new PersonName(own).Matches(wanted))));
    }

    public async Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (options.PolicyGroupsBaseDn is not { } policies || await people.ActiveAsync(id.Value, cancellationToken) is not { } person)
            return names;
        var groups = await search.BelowAsync(
            policies, LdapFilter.All(s_isGroup, LdapFilter.InChain("member", Entry.PlaceIn(person.Name))), s_groupAttributes, atMost: 1000, cancellationToken);
        names.UnionWith(groups.Select(g => g.Text("sAMAccountName")).OfType<string>());
        return names;
    }

    public async Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken)
    {
        if (group.Length is 0 or > LongestName || options.PolicyGroupsBaseDn is not { } policies)
            return [];
        var found = await search.BelowAsync(policies, LdapFilter.All(s_isGroup, LdapFilter.Is("sAMAccountName", group)), s_groupAttributes, atMost: 2, cancellationToken);
        if (found is not [var only] || !string.Equals(only.Text("sAMAccountName"), group, StringComparison.OrdinalIgnoreCase))
            return [];
        var members = await people.WhereAsync(LdapFilter.InChain("memberOf", only.Name), MostInAGroup, cancellationToken);
        return Ordered(members.Select(PeopleReader.ToPerson));
    }

    public async Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) =>
        Ordered((await people.WhereAsync(LdapFilter.Anything, MostOfAll, cancellationToken)).Select(PeopleReader.ToPerson));

    private static IReadOnlyList<Person> Ordered(IEnumerable<Person> people) =>
        [.. people.OrderBy(p => p.DisplayName, StringComparer.Ordinal).ThenBy(p => p.Id.Value, StringComparer.Ordinal)];
}

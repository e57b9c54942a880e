using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>Who works in the practice organisation, from its file.</summary>
internal sealed class SandboxPeople(SandboxSeed seed) : IPersonDirectory
{
    private readonly Dictionary<PersonId, SandboxPerson> _byId = seed.People.ToDictionary(p => p.Person.Id);
    private readonly ILookup<ChannelIdentity, Person> _byIdentity =
        seed.People.SelectMany(p => p.Identities.Select(identity => (identity, p.Person))).ToLookup(x => x.identity, x => x.Person);
    private readonly Dictionary<string, OrganisationGroup> _groups = seed.OrganisationGroups.ToDictionary(g => g.Name, StringComparer.Ordinal);

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult(_byId.GetValueOrDefault(id)?.Person);

    public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. _byIdentity[identity]]);

    public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult(_byId.TryGetValue(id, out var person) ? person.Identities : []);

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var wanted = new PersonName(name);
        return Ordered(seed.People.Select(p => p.Person).Where(p => p.Names.Any(own => new PersonName(own).Matches(wanted))));
    }

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(_groups.Keys.Where(name => PeopleIn(name).Contains(id)).ToHashSet(StringComparer.Ordinal));

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) =>
        Ordered(PeopleIn(group).Select(id => _byId.GetValueOrDefault(id)?.Person).OfType<Person>());

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => Ordered(seed.People.Select(p => p.Person));

    private HashSet<PersonId> PeopleIn(string root)
    {
        var people = new HashSet<PersonId>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out var name))
        {
            if (!_groups.TryGetValue(name, out var group) || !seen.Add(name))
                continue;
            people.UnionWith(group.People);
            foreach (var nested in group.Groups)
                pending.Push(nested);
        }

        return people;
    }

    private static Task<IReadOnlyList<Person>> Ordered(IEnumerable<Person> people) =>
        Task.FromResult<IReadOnlyList<Person>>([.. people.OrderBy(p => p.DisplayName, StringComparer.Ordinal).ThenBy(p => p.Id.Value, StringComparer.Ordinal)]);
}

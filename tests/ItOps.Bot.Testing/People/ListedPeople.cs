using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Testing.People;

/// <summary>A directory of the people that a test lists, with the identities it binds. Names match exactly, ignoring case.</summary>
public sealed class ListedPeople : IPersonDirectory
{
    private readonly List<Person> _people = [];
    private readonly List<(PersonId Person, ChannelIdentity Identity)> _bound = [];
    private readonly List<(PersonId Person, string Group)> _groups = [];

    /// <summary>The directory does not say who has which account.</summary>
    public bool IsDown { get; set; }

    public Person Add(string id, string signInName, string email, params string[] groups) =>
        Add(new Person(new(id), signInName, signInName, email, null, null, [signInName, email]), groups);

    public Person Add(Person person, params string[] groups)
    {
        _people.Add(person);
        _groups.AddRange(groups.Select(g => (person.Id, g)));
        return person;
    }

    public void Bind(Person person, ChannelIdentity identity) => _bound.Add((person.Id, identity));

    public void Unbind(Person person, ChannelIdentity identity) => _bound.Remove((person.Id, identity));

    /// <summary>The person with this id is described in another way from now on.</summary>
    public void Replace(Person person) => _people[_people.FindIndex(p => p.Id == person.Id)] = person;

    /// <summary>Nobody is left; returns who was there.</summary>
    public IReadOnlyList<Person> Empty()
    {
        Person[] all = [.. _people];
        _people.Clear();
        return all;
    }

    public void Put(IReadOnlyList<Person> people) => _people.AddRange(people);

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult(_people.FirstOrDefault(p => p.Id == id));

    public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        Those(p => _bound.Contains((p.Id, identity)));

    public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        IsDown ? throw new HttpRequestException("no route to host") : Task.FromResult<IReadOnlyList<ChannelIdentity>>([.. _bound.Where(b => b.Person == id).Select(b => b.Identity)]);

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        Those(p => p.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(_groups.Where(g => g.Person == id).Select(g => g.Group).ToHashSet(StringComparer.Ordinal));

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) => Those(p => _groups.Contains((p.Id, group)));

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => Those(_ => true);

    private Task<IReadOnlyList<Person>> Those(Func<Person, bool> which) => Task.FromResult<IReadOnlyList<Person>>([.. _people.Where(which)]);
}

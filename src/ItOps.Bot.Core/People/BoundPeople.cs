using ItOps.Bot.Turns;

namespace ItOps.Bot.People;

/// <summary>
/// A directory together with the operator's own bindings. An identity that the two bind to different people is ambiguous, and then nobody's: neither may act
/// through it, and nothing is sent to it.
/// </summary>
public sealed class BoundPeople(IPersonDirectory inner, IReadOnlyList<ChannelBinding> bindings) : IPersonDirectory
{
    private readonly ILookup<ChannelIdentity, ChannelBinding> _byIdentity = bindings.ToLookup(b => b.Identity);

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public async Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken)
    {
        var found = (await inner.FindByChannelAsync(identity, cancellationToken)).ToList();
        foreach (var binding in _byIdentity[identity])
            found.AddRange(await inner.MeantAsync(binding.Person, cancellationToken));
        return [.. found.DistinctBy(p => p.Id)];
    }

    public async Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken)
    {
        if (await inner.FindAsync(id, cancellationToken) is not { } person)
            return [];
        var bound = bindings.Where(b => person.IsCalled(b.Person)).Select(b => b.Identity);
        var identities = new List<ChannelIdentity>();
        foreach (var identity in (await inner.IdentitiesOfAsync(id, cancellationToken)).Concat(bound).Distinct())
        {
            if (!_byIdentity.Contains(identity) || (await FindByChannelAsync(identity, cancellationToken) is [var only] && only.Id == id))
                identities.Add(identity);
        }

        return identities;
    }

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) => inner.FindByNameAsync(name, cancellationToken);

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) => inner.GroupsOfAsync(id, cancellationToken);

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) => inner.MembersOfAsync(group, cancellationToken);

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => inner.AllAsync(cancellationToken);

    public IAsyncEnumerable<Person> EverybodyAsync(CancellationToken cancellationToken) => inner.EverybodyAsync(cancellationToken);
}

using System.Collections.Concurrent;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Drill;

/// <summary>The sandbox's people, whose chat accounts somebody with rights in the directory may bind to others.</summary>
internal sealed class DrillPeople(IPersonDirectory inner) : IPersonDirectory
{
    private readonly ConcurrentDictionary<ChannelIdentity, PersonId> _rebound = [];

    /// <summary>Takes the place of the directory that is registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        var real = services.Last(s => s.ServiceType == typeof(IPersonDirectory));
        services.AddSingleton<IPersonDirectory>(provider => new DrillPeople((IPersonDirectory)(
            real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
    }

    public void Bind(ChannelIdentity identity, PersonId person) => _rebound[identity] = person;

    public async Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        _rebound.TryGetValue(identity, out var person)
            ? await inner.FindAsync(person, cancellationToken) is { } found ? [found] : []
            : await inner.FindByChannelAsync(identity, cancellationToken);

    public async Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        [.. (await inner.IdentitiesOfAsync(id, cancellationToken)).Where(i => !_rebound.ContainsKey(i)), .. _rebound.Where(r => r.Value == id).Select(r => r.Key)];

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) => inner.FindByNameAsync(name, cancellationToken);

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) => inner.GroupsOfAsync(id, cancellationToken);

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) => inner.MembersOfAsync(group, cancellationToken);

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => inner.AllAsync(cancellationToken);
}

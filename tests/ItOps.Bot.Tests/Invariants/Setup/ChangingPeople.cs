using ItOps.Bot.People;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>The organisation as it changes while a story goes on: people leave groups, a channel identity turns out to be bound twice.</summary>
internal sealed class ChangingPeople
{
    /// <summary>Who left which group.</summary>
    public HashSet<(string Person, string Group)> Left { get; } = [];

    /// <summary>Identities that are bound to this person as well.</summary>
    public Dictionary<ChannelIdentity, string> AlsoBound { get; } = [];

    public void Watch(IServiceCollection services)
    {
        var inner = services.Last(d => d.ServiceType == typeof(IPersonDirectory)).ImplementationType!;
        services.AddSingleton<IPersonDirectory>(p => new Watched(this, (IPersonDirectory)ActivatorUtilities.CreateInstance(p, inner)));
    }

    private sealed class Watched(ChangingPeople changes, IPersonDirectory inner) : IPersonDirectory
    {
        public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

        public async Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken)
        {
            var found = await inner.FindByChannelAsync(identity, cancellationToken);
            return changes.AlsoBound.TryGetValue(identity, out var other) ? [.. found, (await inner.FindAsync(new(other), cancellationToken))!] : found;
        }

        public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) => inner.IdentitiesOfAsync(id, cancellationToken);

        public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) => inner.FindByNameAsync(name, cancellationToken);

        public async Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
            (await inner.GroupsOfAsync(id, cancellationToken)).Where(g => !changes.Left.Contains((id.Value, g))).ToHashSet(StringComparer.Ordinal);

        public async Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) =>
            [.. (await inner.MembersOfAsync(group, cancellationToken)).Where(p => !changes.Left.Contains((p.Id.Value, group)))];

        public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => inner.AllAsync(cancellationToken);
    }
}

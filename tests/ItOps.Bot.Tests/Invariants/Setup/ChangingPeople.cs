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

    /// <summary>Identities that somebody bound to another person, or to somebody for the first time.</summary>
    public Dictionary<ChannelIdentity, string> Rebound { get; } = [];

    /// <summary>Who got which manager.</summary>
    public Dictionary<string, string> Managers { get; } = [];

    /// <summary>The directory does not say who has which account.</summary>
    public bool IsDown { get; set; }

    public void Watch(IServiceCollection services)
    {
        var inner = services.Last(d => d.ServiceType == typeof(IPersonDirectory)).ImplementationType!;
        services.AddSingleton<IPersonDirectory>(p => new Watched(this, (IPersonDirectory)ActivatorUtilities.CreateInstance(p, inner)));
    }

    private sealed class Watched(ChangingPeople changes, IPersonDirectory inner) : IPersonDirectory
    {
        public async Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) =>
            await inner.FindAsync(id, cancellationToken) is { } person && changes.Managers.TryGetValue(id.Value, out var manager)
                ? person with { Manager = new(manager) }
                : await inner.FindAsync(id, cancellationToken);

        public async Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken)
        {
            if (changes.Rebound.TryGetValue(identity, out var person))
                return [(await inner.FindAsync(new(person), cancellationToken))!];
            var found = await inner.FindByChannelAsync(identity, cancellationToken);
            return changes.AlsoBound.TryGetValue(identity, out var other) ? [.. found, (await inner.FindAsync(new(other), cancellationToken))!] : found;
        }

        public async Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) => changes.IsDown
            ? throw new HttpRequestException("no route to host")
            :
            [
                .. (await inner.IdentitiesOfAsync(id, cancellationToken)).Where(i => !changes.Rebound.ContainsKey(i)),
                .. changes.Rebound.Where(r => r.Value == id.Value).Select(r => r.Key),
            ];

        public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) => inner.FindByNameAsync(name, cancellationToken);

        public async Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
            (await inner.GroupsOfAsync(id, cancellationToken)).Where(g => !changes.Left.Contains((id.Value, g))).ToHashSet(StringComparer.Ordinal);

        public async Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) =>
            [.. (await inner.MembersOfAsync(group, cancellationToken)).Where(p => !changes.Left.Contains((p.Id.Value, group)))];

        public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => inner.AllAsync(cancellationToken);
    }
}

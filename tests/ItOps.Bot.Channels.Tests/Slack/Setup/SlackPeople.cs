using ItOps.Bot.People;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack.Setup;

/// <summary>Alice, and Omar who approves.</summary>
internal sealed class SlackPeople : IPersonDirectory
{
    private static readonly Person[] s_all = [Make("alice"), Make("omar")];

    public static PersonId IdOf(string name) => new("P-" + name);

    /// <summary>Identities beyond everybody's own.</summary>
    public List<(ChannelIdentity Identity, PersonId Person)> Extra { get; } = [];

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult(s_all.FirstOrDefault(p => p.Id == id));

    public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. s_all.Where(p => Identities(p.Id).Contains(identity))]);

    public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelIdentity>>([.. Identities(id)]);

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(id == IdOf("omar") ? new HashSet<string> { "it-approvers" } : []);

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(s_all);

    private IEnumerable<ChannelIdentity> Identities(PersonId id) => Extra.Where(e => e.Person == id).Select(e => e.Identity)
        .Prepend(new("slack", FakeSlack.Team, "U0" + id.Value[2..].ToUpperInvariant())).Prepend(new("teams", "tenant", id.Value));

    private static Person Make(string name) => new(IdOf(name), char.ToUpperInvariant(name[0]) + name[1..], name, $"{name}@example.com", null, null, [name]);
}

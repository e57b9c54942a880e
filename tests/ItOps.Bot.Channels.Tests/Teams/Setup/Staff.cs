using ItOps.Bot.People;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Teams.Setup;

/// <summary>Alice, who asks, and Omar and Sam, who decide; by their object ids in the practice tenant.</summary>
internal sealed class Staff : IPersonDirectory
{
    public const string Alice = "1f6b2c04-93ad-4e58-b7c1-2a90d8e45f11";
    public const string Omar = "38a9f1b5-7e24-4c0d-9d68-4f17ea60c313";
    public const string Sam = "49c7b3d6-0a85-4f1e-8b52-d36e90a7f414";

    /// <summary>In the tenant, and in no directory of ours.</summary>
    public const string Stranger = "00000000-aaaa-4bbb-8ccc-000000000001";

    private static readonly Dictionary<string, string> s_ids = new() { ["alice"] = Alice, ["omar"] = Omar, ["sam"] = Sam };

    private readonly Person[] _all = [.. s_ids.Keys.Select(Make)];

    /// <summary>Identities beyond the usual one, by person.</summary>
    public List<(PersonId Person, ChannelIdentity Identity)> More { get; } = [];

    public static PersonId IdOf(string name) => new("P-" + name);

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult(_all.FirstOrDefault(p => p.Id == id));

    public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. _all.Where(p => identity == Identity(p.Names[0]))]);

    public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelIdentity>>([.. _all.Where(p => p.Id == id).Select(p => Identity(p.Names[0])), .. More.Where(m => m.Person == id).Select(m => m.Identity)]);

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(id == IdOf("alice") ? new HashSet<string>() : new HashSet<string> { "it-approvers" });

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(_all[1..]);

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(_all);

    private static ChannelIdentity Identity(string name) => new("teams", FakeBotConnector.Tenant, s_ids[name]);

    private static Person Make(string name) => new(IdOf(name), char.ToUpperInvariant(name[0]) + name[1..], name, name + "@example.com", null, null, [name]);
}

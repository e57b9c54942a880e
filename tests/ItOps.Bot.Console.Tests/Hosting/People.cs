using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.Tests.Hosting;

/// <summary>Five people, known in the console by their first names.</summary>
internal sealed class People : IPersonDirectory
{
    private static readonly Dictionary<string, string[]> Groups = new()
    {
        ["omar"] = ["it-approvers"],
        ["sam"] = ["it-approvers", "security"],
        ["ruth"] = ["auditors", "runbook-authors"],
    };

    private readonly Person[] _all = [.. new[] { "alice", "bob", "eve", "omar", "ruth", "sam" }.Select(Make)];

    public static PersonId IdOf(string name) => new("P-" + name);

    public static Person Make(string name) => new(
        IdOf(name), char.ToUpperInvariant(name[0]) + name[1..] + " Test", char.ToUpperInvariant(name[0]) + name[1..], name + "@example.com", "Finance", null, [name]);

    public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult(_all.FirstOrDefault(p => p.Id == id));

    public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>(
            [.. _all.Where(p => identity == new ChannelIdentity("console", "sandbox", p.Names[0]))]);

    public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelIdentity>>([.. _all.Where(p => p.Id == id).Select(p => new ChannelIdentity("console", "sandbox", p.Names[0]))]);

    public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. _all.Where(p => p.Names.Contains(name) || p.Email == name)]);

    public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(Groups.GetValueOrDefault(id.Value[2..], []).ToHashSet());

    public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. _all.Where(p => Groups.GetValueOrDefault(p.Names[0], []).Contains(group))]);

    public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(_all);
}

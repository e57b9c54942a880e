using ItOps.Bot.Executors.Entra.Graph;
using ItOps.Bot.People;
using ItOps.Bot.Turns;
using Group = Microsoft.Graph.Models.Group;
using User = Microsoft.Graph.Models.User;

namespace ItOps.Bot.Executors.Entra;

/// <summary>
/// Who works here, when the tenant says so. A person is a user of it who is enabled and no guest, under the user's object id: the same id by which Teams knows
/// them, so that no list binds the two.
/// </summary>
internal sealed class EntraPeople(EntraOptions options, GraphReader reader) : IPersonDirectory
{
    private const string Teams = "teams";

    private static readonly string[] s_names = ["userPrincipalName", "displayName", "givenName", "mail", "mailNickname"];

    /// <summary>Everybody else is nobody: who left, and who belongs to another organisation.</summary>
    public static bool IsSomebody(User user) => user is { Id: not null, AccountEnabled: true } && !IsGuest(user);

    /// <summary>A user without a type is from a time before there were guests.</summary>
    public static bool IsGuest(User user) => user.UserType is { Length: > 0 } type && !type.Equals("Member", StringComparison.OrdinalIgnoreCase);

    public async Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) =>
        EntraIds.Read(id.Value) is { } objectId && await reader.PersonAsync(objectId, cancellationToken) is { } user && IsSomebody(user) && user.Id == id.Value
            ? ToPerson(user)
            : null;

    public async Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) =>
        identity.Channel == Teams && EntraIds.Read(identity.Tenant) == options.Tenant && EntraIds.Read(identity.User) is { } objectId
        && await FindAsync(new(objectId), cancellationToken) is { } person
            ? [person]
            : [];

    public async Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } person ? [new(Teams, options.Tenant, person.Id.Value)] : [];

    public async Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var trimmed = name.Trim();
        if (ODataText.IsNoName(trimmed))
            return [];
        var (quoted, wanted) = (ODataText.Quote(trimmed), new PersonName(trimmed));
        var filter = string.Join(" or ", s_names.Select(property => $"{property} eq {quoted}"));
        return Ordered((await reader.PeopleAndManagersAsync(filter, cancellationToken)).Where(IsSomebody).Select(ToPerson)
            .Where(person => person.Names.Any(own => new PersonName(own).Matches(wanted))));
    }

    /// <summary>Under the names that policies have for them.</summary>
    public async Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } person)
            return new HashSet<string>(StringComparer.Ordinal);
        var groups = (await reader.MembershipsAsync(person.Id.Value, direct: false, cancellationToken)).OfType<Group>().ToList();
        var ids = groups.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        var named = options.Groups.Where(g => ids.Contains(g.Value)).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        if (options.GroupsByName)
            named.UnionWith(await OnlyOnesAsync(groups.Select(g => g.DisplayName).OfType<string>().Where(n => !options.Groups.ContainsKey(n)), ids, cancellationToken));
        return named;
    }

    public async Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) =>
        await GroupIdAsync(group, cancellationToken) is { } id
            ? Ordered((await reader.MembersAsync(id, cancellationToken)).Where(IsSomebody).Select(ToPerson))
            : [];

    public async Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) =>
        Ordered((await reader.PeopleAsync("accountEnabled eq true", cancellationToken)).Where(IsSomebody).Select(ToPerson));

    /// <summary>The group that a policy means by a name; none when there is none, or more than one could be meant.</summary>
    public async Task<string?> GroupIdAsync(string name, CancellationToken cancellationToken)
    {
        if (options.Groups.TryGetValue(name, out var configured))
            return configured;
        return options.GroupsByName && await CalledAsync([name], cancellationToken) is [{ DisplayName: { } exact } only] && exact == name ? only.Id : null;
    }

    /// <summary>All groups that are called so, however the letters are written; for saying that there are two.</summary>
    public Task<IReadOnlyList<Group>> CalledAsync(IEnumerable<string> names, CancellationToken cancellationToken) => reader.GroupsCalledAsync(names, cancellationToken);

    private async Task<IEnumerable<string>> OnlyOnesAsync(IEnumerable<string> names, HashSet<string?> own, CancellationToken cancellationToken) =>
        (await CalledAsync(names, cancellationToken))
            .Where(g => g.DisplayName is not null)
            .GroupBy(g => g.DisplayName!, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() == 1 && own.Contains(g.Single().Id))
            .Select(g => g.Single().DisplayName!);

    private static Person ToPerson(User user)
    {
        var names = new[] { user.UserPrincipalName, user.GivenName, user.DisplayName, user.Mail, user.MailNickname }.OfType<string>().Where(n => n.Length > 0);
        var display = user.DisplayName ?? user.UserPrincipalName ?? user.Id!;
        return new(new(user.Id!), display, user.GivenName ?? display, user.Mail ?? "", user.Department, user.Manager?.Id is { } boss ? new(boss) : null, [.. names.Distinct(StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<Person> Ordered(IEnumerable<Person> people) =>
        [.. people.OrderBy(p => p.DisplayName, StringComparer.Ordinal).ThenBy(p => p.Id.Value, StringComparer.Ordinal)];
}

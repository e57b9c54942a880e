using System.Collections.Concurrent;

namespace ItOps.Bot.Testing.Entra;

/// <summary>What really happened in the tenant.</summary>
/// <param name="What">"password", "block", "revoke", "add" or "remove".</param>
public sealed record GraphEffect(string What, string User, string? Group = null);

/// <summary>The objects of the tenant, and what was done to them.</summary>
public sealed class GraphTenant(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, GraphUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, GraphGroup> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, GraphRole> _roles = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, (GraphUser Before, int Reads)> _stale = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<GraphEffect> _effects = new();
    private int _ids;

    public IReadOnlyList<GraphEffect> Effects => [.. _effects];

    public IEnumerable<GraphUser> Users => _users.Values.OrderBy(u => u.Id, StringComparer.Ordinal);

    public IEnumerable<GraphGroup> Groups => _groups.Values.OrderBy(g => g.Id, StringComparer.Ordinal);

    public IEnumerable<GraphRole> Roles => _roles.Values;

    /// <summary>Ids of applications, which are no users.</summary>
    public ConcurrentDictionary<string, string> Programs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Domains whose passwords another identity provider checks.</summary>
    public ConcurrentDictionary<string, bool> Federated { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Principals with a role in part of the directory, which is no membership.</summary>
    public ConcurrentDictionary<string, bool> Assigned { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Principals who may take on a role.</summary>
    public ConcurrentDictionary<string, bool> Eligible { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many readings of a user after a change still show what was before.</summary>
    public int LagReads { get; set; }

    /// <summary>How far the tenant's clock is ahead of the test's.</summary>
    public TimeSpan Ahead { get; set; }

    public DateTimeOffset Now => time.GetUtcNow() + Ahead;

    /// <summary>Somebody with the address <c>name@contoso.example</c>, who has been there for a year.</summary>
    public GraphUser AddUser(string name, Func<GraphUser, GraphUser>? change = null)
    {
        var given = name[..1].ToUpperInvariant() + name[1..];
        var user = new GraphUser(NewId(), $"{name}@contoso.example", $"{given} Example")
        {
            GivenName = given,
            Mail = $"{name}@contoso.example",
            MailNickname = name,
            LastPasswordChange = Now.AddDays(-90),
            SessionsValidFrom = Now.AddDays(-90),
        };
        return Put(change?.Invoke(user) ?? user);
    }

    public GraphGroup AddGroup(string name, params string[] members) => Put(new GraphGroup(NewId(), name) { Members = members });

    public GraphRole AddRole(string name, params string[] members) => _roles[name] = new(NewId(), name, members);

    public GraphUser Put(GraphUser user) => _users[user.Id] = user;

    public GraphGroup Put(GraphGroup group) => _groups[group.Id] = group;

    public void Remove(GraphUser user) => _users.TryRemove(user.Id, out _);

    public void Remove(GraphGroup group) => _groups.TryRemove(group.Id, out _);

    public GraphUser User(string id) => _users[id];

    public GraphGroup Group(string id) => _groups[id];

    internal GraphUser? FindUser(string idOrName) => _users.GetValueOrDefault(idOrName) ?? _users.Values.FirstOrDefault(u => u.UserPrincipalName.Equals(idOrName, StringComparison.OrdinalIgnoreCase));

    internal GraphGroup? FindGroup(string id) => _groups.GetValueOrDefault(id);

    /// <summary>As a reader gets it, who may be told what was.</summary>
    internal GraphUser Read(GraphUser user)
    {
        if (!_stale.TryGetValue(user.Id, out var stale) || stale.Reads == 0)
            return user;
        _stale[user.Id] = stale with { Reads = stale.Reads - 1 };
        return stale.Before;
    }

    internal void Change(GraphUser before, GraphUser after, string what)
    {
        _stale[before.Id] = (before, LagReads);
        _users[before.Id] = after;
        _effects.Enqueue(new(what, before.Id));
    }

    internal void Change(GraphGroup group, IReadOnlyList<string> members, string what, string user)
    {
        _groups[group.Id] = group with { Members = members };
        _effects.Enqueue(new(what, user, group.Id));
    }

    /// <summary>The groups that hold this user or group, and with <paramref name="nested"/> those that hold these.</summary>
    internal IReadOnlyList<GraphGroup> GroupsAbove(string id, bool nested)
    {
        var found = new Dictionary<string, GraphGroup>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<string>([id]);
        while (pending.TryDequeue(out var next))
        {
            foreach (var group in Groups.Where(g => g.Members.Contains(next) && found.TryAdd(g.Id, g)).Where(_ => nested).ToList())
                pending.Enqueue(group.Id);
        }

        return [.. found.Values];
    }

    internal IReadOnlyList<GraphUser> UsersWithin(GraphGroup root)
    {
        var users = new Dictionary<string, GraphUser>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<GraphGroup>([root]);
        while (pending.TryDequeue(out var group))
        {
            foreach (var member in seen.Add(group.Id) ? group.Members : [])
            {
                if (_users.TryGetValue(member, out var user))
                    users[member] = user;
                else if (_groups.TryGetValue(member, out var inner))
                    pending.Enqueue(inner);
            }
        }

        return [.. users.Values];
    }

    private string NewId() => new Guid(Interlocked.Increment(ref _ids), 0x1a2b, 0x4c3d, 0x8e, 0x4f, 0x50, 0x61, 0x72, 0x83, 0x94, 0xa5).ToString("D");
}

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>The groups of one system as they are at one moment, with their nesting followed. Circles are harmless.</summary>
internal sealed class GroupGraph
{
    private readonly Dictionary<string, SandboxGroup> _byId;
    private readonly HashSet<string> _privileged = new(StringComparer.Ordinal);

    public GroupGraph(IEnumerable<SandboxGroup> groups)
    {
        _byId = groups.ToDictionary(g => g.ObjectId, StringComparer.Ordinal);
        foreach (var root in _byId.Values.Where(g => g.Privileged))
            _privileged.UnionWith(Within(root.ObjectId));
    }

    public IEnumerable<SandboxGroup> All => _byId.Values;

    public SandboxGroup? Find(string id) => _byId.GetValueOrDefault(id);

    public bool Contains(string group, string account, bool direct) =>
        (direct ? [group] : Within(group)).Any(id => _byId.GetValueOrDefault(id)?.Members.Contains(account) == true);

    /// <summary>Privileged by itself, or nested in one that is: joining it gives the same power.</summary>
    public bool IsPrivilegedGroup(string group) => _privileged.Contains(group);

    public bool IsPrivilegedAccount(string account) => _privileged.Any(id => _byId[id].Members.Contains(account));

    private HashSet<string> Within(string root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out var id))
        {
            if (_byId.TryGetValue(id, out var group) && seen.Add(id))
                foreach (var nested in group.Groups)
                    pending.Push(nested);
        }

        return seen;
    }
}

using ItOps.Bot.Accounts;

namespace ItOps.Bot.Executors.Jira;

/// <summary>
/// Which roles of which projects may be asked for. The list is kept for a few minutes, since it takes a call for each project; it says what there is to choose from, and
/// nothing about who may: the role that was chosen is read again, with who is in it and who leads the project.
/// </summary>
internal sealed class JiraCatalogue(JiraOptions options, JiraClient client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (DateTimeOffset At, IReadOnlyList<GroupSnapshot> Roles)? _known;

    /// <summary>Without owners.</summary>
    public async Task<IReadOnlyList<GroupSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } known && time.GetUtcNow() - known.At < Fresh)
                return known.Roles;
            var roles = new List<GroupSnapshot>();
            foreach (var project in await client.ProjectsAsync(cancellationToken))
            {
                if (!IsOffered(project.Key))
                    continue;
                foreach (var (name, address) in (await client.RolesAsync(project.Key, cancellationToken)).OrderBy(r => r.Key, StringComparer.Ordinal))
                {
                    if (options.PermissionOf(name) is not null && JiraIds.RoleOf(address) is { } id)
                        roles.Add(Snapshot(project, id, name));
                }
            }

            _known = (time.GetUtcNow(), roles);
            return roles;
        }
        finally
        {
            _gate.Release();
        }
    }

    public GroupSnapshot Snapshot(JiraProject project, string roleId, string role)
    {
        var permission = options.PermissionOf(role);
        var name = project.Name is { Length: > 0 } called ? called : project.Key;
        return new(new(JiraDirectory.Key, $"{project.Key}:{roleId}"), $"{project.Key} {role}", $"{role} of {name}")
        {
            SystemName = JiraDirectory.Name,
            IsPrivileged = permission == JiraOptions.AdminPermission || role.Contains("admin", StringComparison.OrdinalIgnoreCase),
            ClosedBecause = !IsOffered(project.Key) ? "the project is not among those that may be asked for (Executors:Jira:Projects)"
                : permission is null ? "the role is not among those that may be asked for (Executors:Jira:Roles)"
                : null,
            Resource = permission is null ? null : new("jira-project", name, permission, [project.Key]),
        };
    }

    public void Dispose() => _gate.Dispose();

    private bool IsOffered(string project) => JiraIds.IsProject(project) && (options.Projects.Count == 0 || options.Projects.Contains(project));
}

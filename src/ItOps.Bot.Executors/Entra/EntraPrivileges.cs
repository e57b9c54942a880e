using ItOps.Bot.Executors.Entra.Graph;
using Microsoft.Graph.Models;

namespace ItOps.Bot.Executors.Entra;

/// <summary>Who has power over others: a role, held or to be taken on, or a group that the operator names. What cannot be read counts as power (I10).</summary>
internal sealed class EntraPrivileges(EntraOptions options, GraphReader reader, PolicyGroups policy)
{
    /// <summary>Why the account is privileged, in exact words; none when it is not.</summary>
    public async Task<string?> OfAccountAsync(string id, CancellationToken cancellationToken)
    {
        var memberships = await reader.MembershipsAsync(id, direct: false, cancellationToken);
        if (memberships.OfType<DirectoryRole>().FirstOrDefault() is { } role)
            return $"holds the role {role.DisplayName}";
        if (memberships.OfType<Group>().FirstOrDefault(g => g.IsAssignableToRole == true) is { } assignable)
            return $"is in {assignable.DisplayName}, which roles can be assigned to";
        if (memberships.OfType<Group>().FirstOrDefault(g => options.PrivilegedGroups.Contains(g.Id ?? "")) is { } named)
            return $"is in {named.DisplayName}, which is listed as privileged";
        return await reader.RoleAssignmentsAsync(id, cancellationToken) switch
        {
            null => "counts as privileged: the bot may not read role assignments (RoleManagement.Read.Directory)",
            > 0 => "holds a role in part of the directory",
            _ => await reader.EligibleRolesAsync(id, cancellationToken) switch
            {
                null => "counts as privileged: the bot may not read eligible roles (RoleManagement.Read.Directory)",
                > 0 => "may take on a role",
                _ => null,
            },
        };
    }

    /// <summary>Joining it, or a group that it is in, gives power: over roles, or as somebody who decides about requests.</summary>
    public async Task<bool> OfGroupAsync(Group group, CancellationToken cancellationToken)
    {
        return group.IsAssignableToRole == true || Grants(group) || (await reader.GroupsAboveAsync(group.Id!, cancellationToken)).OfType<Group>().Any(Grants);
    }

    private bool Grants(Group group) =>
        options.PrivilegedGroups.Contains(group.Id!) || options.Groups.Values.Contains(group.Id) || (options.GroupsByName && policy.Grants(group.DisplayName ?? ""));
}

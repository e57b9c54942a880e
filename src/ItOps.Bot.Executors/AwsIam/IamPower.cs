using System.IO.Enumeration;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Who must not be touched in chat, computed from what IAM says now. Groups do not nest in IAM.</summary>
internal sealed class IamPower(IamClient client, AwsIamOptions options)
{
    public async Task<bool> IsPrivilegedAsync(
        AwsAccount account, IamUser user, IReadOnlyList<IamAttachedPolicy> attached, IReadOnlyList<IamGroup> groups, CancellationToken cancellationToken)
    {
        if (IsBelow(user.Path, options.PrivilegedPaths) || await GivesAnyPowerAsync(account, attached, cancellationToken))
            return true;
        foreach (var policy in await client.InlineOfUserAsync(account, user.Name, cancellationToken))
        {
            if (IsPrivilegedName(policy) || PolicyDocument.GivesPower(await client.UserPolicyAsync(account, user.Name, policy, cancellationToken)))
                return true;
        }

        foreach (var group in groups)
        {
            if (await IsPrivilegedAsync(account, group, cancellationToken))
                return true;
        }

        return false;
    }

    public async Task<bool> IsPrivilegedAsync(AwsAccount account, IamGroup group, CancellationToken cancellationToken)
    {
        if (options.PrivilegedGroups.Contains(group.Name, StringComparer.OrdinalIgnoreCase) || IsBelow(group.Path, options.PrivilegedPaths) || IsBelow(group.Path, options.BreakGlass))
            return true;
        if (await GivesAnyPowerAsync(account, await client.AttachedToGroupAsync(account, group.Name, cancellationToken), cancellationToken))
            return true;
        foreach (var policy in await client.InlineOfGroupAsync(account, group.Name, cancellationToken))
        {
            if (IsPrivilegedName(policy) || PolicyDocument.GivesPower(await client.GroupPolicyAsync(account, group.Name, policy, cancellationToken)))
                return true;
        }

        return false;
    }

    public Accounts.AccountKind KindOf(AwsAccount account, IamUser user) =>
        IsBelow(user.Path, options.BreakGlass) || options.BreakGlass.Any(b => b == user.Name || b == $"{account.Id}/{user.Name}") ? Accounts.AccountKind.BreakGlass
        : IsBelow(user.Path, options.ServicePaths) ? Accounts.AccountKind.Service
        : Accounts.AccountKind.Person;

    /// <summary>The policy by which security puts somebody aside, among the names of all that apply to a user; none when nobody did.</summary>
    public string? QuarantineOf(IEnumerable<string> policies) =>
        policies.FirstOrDefault(name => options.QuarantinePolicies.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true)));

    private async Task<bool> GivesAnyPowerAsync(AwsAccount account, IReadOnlyList<IamAttachedPolicy> attached, CancellationToken cancellationToken)
    {
        if (attached.Any(p => IsPrivilegedName(p.Name) || options.PrivilegedPolicies.Contains(p.Arn, StringComparer.Ordinal)))
            return true;

        // AWS's own policies are known by name; what the organisation wrote is known by what it says.
        foreach (var policy in attached.Where(p => !p.IsAws))
        {
            if (PolicyDocument.GivesPower(await client.PolicyAsync(account, policy.Arn, cancellationToken)))
                return true;
        }

        return false;
    }

    private bool IsPrivilegedName(string policy) => options.PrivilegedPolicies.Contains(policy, StringComparer.OrdinalIgnoreCase);

    private static bool IsBelow(string path, IEnumerable<string> paths) => paths.Any(p => p.StartsWith('/') && path.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}

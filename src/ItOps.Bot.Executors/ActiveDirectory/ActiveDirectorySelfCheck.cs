using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Objects;
using ItOps.Bot.Executors.ActiveDirectory.Queries;

namespace ItOps.Bot.Executors.ActiveDirectory;

/// <summary>How the domain is: from what is known for readiness, and by asking each domain controller for <c>doctor</c>.</summary>
internal sealed class ActiveDirectorySelfCheck(
    ActiveDirectoryOptions options, DomainConnections connections, DomainSearch search, ProtectedGroups protectedGroups, AccountReader accounts, GroupReader groups) : ISelfCheck
{
    private static readonly string[] s_writable = ["lockoutTime", "pwdLastSet", "userAccountControl"];

    public string Name => ActiveDirectoryAccounts.Key;

    public string? Problem => connections.Problem;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var server in options.Servers)
            results.Add(new("server", await ServerAsync(server, cancellationToken), $"{server} is who its certificate says, and takes {options.ServiceAccount}"));
        if (results.TrueForAll(r => r.Problem is not null))
            return results;
        try
        {
            await foreach (var result in DomainAsync(cancellationToken))
                results.Add(result);
        }
        catch (Exception e) when (e is DirectoryException or DirectoryUnavailableException)
        {
            results.Add(new("domain", $"cannot be read: {e.Message}"));
        }

        return results;
    }

    private async Task<string?> ServerAsync(DomainController server, CancellationToken cancellationToken)
    {
        try
        {
            (await LdapLine.OpenAsync(options, server, options.ServiceAccount, options.Password, cancellationToken)).Dispose();
            return null;
        }
        catch (LdapException e)
        {
            var why = LdapAnswers.SignInRefusal(e) is null ? await CertificateAsync(server, cancellationToken) : null;
            return $"{server}: {why ?? LdapAnswers.WhyNotOpened(e, options)}";
        }
        catch (SocketException e)
        {
            return $"{server} does not answer ({e.SocketErrorCode}); correct Executors:ActiveDirectory:Servers, or let the bot through to it";
        }
        catch (DirectoryUnavailableException e)
        {
            return e.Message;
        }
    }

    private async Task<string?> CertificateAsync(DomainController server, CancellationToken cancellationToken)
    {
        try
        {
            return await CertificateLook.ProblemAsync(options, server, cancellationToken);
        }
        catch (CryptographicException e)
        {
            return $"Executors:ActiveDirectory:CaFile holds no certificates in PEM: {e.Message}";
        }
    }

    private async IAsyncEnumerable<CheckResult> DomainAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await PlaceAsync("base", "BaseDn", options.BaseDn, cancellationToken);
        yield return await PlaceAsync("people", "PeopleBaseDn", options.PeopleBaseDn, cancellationToken);
        if (options.PolicyGroupsBaseDn is { } policies)
            yield return await PlaceAsync("policy groups", "PolicyGroupsBaseDn", policies, cancellationToken);
        yield return await LockoutAsync(cancellationToken);

        var missing = await protectedGroups.MissingAsync(cancellationToken);
        yield return await protectedGroups.ReadAsync(cancellationToken) is { } power
            ? new("privileged groups", null, $"{power.Places.Count} found, and all that leads into them")
            : new("privileged groups", missing.Count > 0
                ? $"{string.Join(", ", missing)} not found, so that every account counts as privileged; correct Executors:ActiveDirectory:PrivilegedGroups"
                : "the groups of the domain cannot be read, so that every account counts as privileged; let the service account read them");
        foreach (var name in options.BreakGlassAccounts)
        {
            if (await accounts.EntryAsync(name, cancellationToken) is null && (await accounts.NamedAsync(name, cancellationToken)).Count == 0)
                yield return new("break-glass account", $"{name} is not below {options.BaseDn}; correct Executors:ActiveDirectory:BreakGlassAccounts");
        }

        var askable = (await groups.AskableAsync(cancellationToken)).Select(g => g.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (group, resource) in options.Resources.Where(r => !askable.Contains(r.Group)))
            yield return new("resource", $"the group {group} of {resource.Name} is not below {options.BaseDn}; correct Executors:ActiveDirectory:Resources");
        yield return await RightsAsync(cancellationToken);
    }

    private async Task<CheckResult> PlaceAsync(string what, string key, string place, CancellationToken cancellationToken) =>
        await search.OneAsync(place, LdapFilter.Anything, [Entry.GuidAttribute], cancellationToken) is null
            ? new(what, $"{place} is not there, or {options.ServiceAccount} may not read it; correct Executors:ActiveDirectory:{key}")
            : new(what, null, place);

    private async Task<CheckResult> LockoutAsync(CancellationToken cancellationToken)
    {
        var domain = await search.OneAsync(await search.DomainAsync(cancellationToken), LdapFilter.Anything, ["lockoutThreshold", "lockoutDuration"], cancellationToken);
        return new("lockout policy", null, (domain?.Number("lockoutThreshold"), domain?.Number("lockoutDuration")) switch
        {
            (null, _) => "not told",
            (0, _) => "accounts never lock by wrong passwords, unless a policy of their own says so",
            ( { } threshold, 0 or long.MinValue) => string.Create(CultureInfo.InvariantCulture, $"{threshold} wrong passwords lock an account until somebody unlocks it"),
            ( { } threshold, { } duration) => string.Create(CultureInfo.InvariantCulture, $"{threshold} wrong passwords lock an account for {TimeSpan.FromTicks(-duration).TotalMinutes:0} minutes"),
            ( { } threshold, null) => string.Create(CultureInfo.InvariantCulture, $"{threshold} wrong passwords lock an account"),
        });
    }

    /// <summary>What the directory tells of the bot's own rights. It does not tell of the right to reset a password, which is no attribute.</summary>
    private async Task<CheckResult> RightsAsync(CancellationToken cancellationToken)
    {
        const string What = "rights";
        if (options.TestAccount is not { } name)
            return new(What, null, "not looked at; name an ordinary account in Executors:ActiveDirectory:TestAccount to have them looked at");
        if (await accounts.NamedAsync(name, cancellationToken) is not [var account])
            return new(What, $"{name} is not below {options.BaseDn}; correct Executors:ActiveDirectory:TestAccount");
        var effective = await search.OneAsync(ObjectName.Of(account.ObjectId)!, LdapFilter.Anything, ["allowedAttributesEffective"], cancellationToken);
        var missing = s_writable.Except(effective?.Texts("allowedAttributesEffective") ?? [], StringComparer.OrdinalIgnoreCase).ToList();
        return missing.Count == 0
            ? new(What, null, $"{options.ServiceAccount} may write {string.Join(", ", s_writable)} of {name}; whether it may reset passwords the directory does not tell")
            : new(What, $"{options.ServiceAccount} may not write {string.Join(", ", missing)} of {name}; delegate it as in docs/connecting-active-directory.md");
    }
}

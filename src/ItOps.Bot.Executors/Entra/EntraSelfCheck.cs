using ItOps.Bot.Executors.Entra.Graph;
using ItOps.Bot.Executors.Entra.Tokens;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.People;
using Microsoft.Kiota.Abstractions;

namespace ItOps.Bot.Executors.Entra;

/// <summary>Whether Graph can be asked, and may be asked for what the bot does; for <c>doctor</c>, each permission and each group.</summary>
internal sealed class EntraSelfCheck(EntraOptions options, EntraToken token, GraphReader reader, GraphClock clock, PolicyGroups policy, IEnumerable<IPersonDirectory> directories) : ISelfCheck
{
    /// <summary>Times are compared, and tokens refused, beyond it.</summary>
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);

    public string Name => EntraDirectory.Key;

    public string? Problem => token.Problem;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        string bearer;
        try
        {
            bearer = await token.GetAsync(cancellationToken);
        }
        catch (NotSentException e)
        {
            return [new("token", e.Message)];
        }

        var results = new List<CheckResult> { new("token", null, $"{options.Credential.GetType().Name} yields one of {options.TokenAuthority}") };
        results.AddRange(Permissions(bearer));
        await TryAsync(results, "graph", async () =>
        {
            // Nobody has this id; that Graph says so is the answer.
            await reader.PersonAsync(Guid.Empty.ToString("D"), cancellationToken);
            results.Add(new("graph", null, $"{options.Graph} answers"));
        });
        results.Add(Clock());
        foreach (var id in options.BreakGlass.Order(StringComparer.Ordinal))
            await TryAsync(results, "break-glass", async () => results.Add(await reader.PersonAsync(id, cancellationToken) is { } user
                ? new("break-glass", null, $"{user.UserPrincipalName} is never touched")
                : new("break-glass", $"no user has the id {id}; correct Executors:Entra:BreakGlass")));
        foreach (var (key, ids) in new[] { ("PrivilegedGroups", options.PrivilegedGroups.AsEnumerable()), ("Resources", options.Resources.Keys) })
        {
            foreach (var id in ids.Order(StringComparer.Ordinal))
                await TryAsync(results, "group", async () => results.Add(await reader.GroupAsync(id, cancellationToken) is { } group
                    ? new("group", null, $"{group.DisplayName} ({key})")
                    : new("group", $"no group has the id {id}; correct Executors:Entra:{key}")));
        }

        if (directories.OfType<EntraPeople>().LastOrDefault() is { } people)
            await PolicyGroupsAsync(people, results, cancellationToken);
        return results;
    }

    private IEnumerable<CheckResult> Permissions(string bearer)
    {
        if (TokenRoles.Of(bearer) is not { } granted)
            return [new("permissions", null, "cannot be told from this token")];
        EntraPermissions.Needed[] needed = [.. EntraPermissions.All, .. options.SignInActivity ? [EntraPermissions.SignInActivity] : Array.Empty<EntraPermissions.Needed>()];
        var missing = needed.Where(n => EntraPermissions.IsMissing(n, granted)).ToList();
        return missing.Count == 0
            ? [new("permissions", null, $"all {needed.Length} granted")]
            : missing.Select(n => new CheckResult("permission", $"{n.Permission} is not granted, which is needed to {n.For}; add it to the app registration as an application permission and grant admin consent"));
    }

    private CheckResult Clock() => clock.Ahead.Duration() < LargestSkew
        ? new("clock", null, $"{clock.Ahead.Duration().TotalSeconds:F0} s from Graph's")
        : new("clock", $"{clock.Ahead.Duration().TotalMinutes:F0} min from Graph's; let this computer set its clock by NTP");

    private async Task PolicyGroupsAsync(EntraPeople people, List<CheckResult> results, CancellationToken cancellationToken)
    {
        foreach (var name in policy.Names.Order(StringComparer.Ordinal))
            await TryAsync(results, "policy group", async () => results.Add(await PolicyGroupAsync(people, name, cancellationToken)));
    }

    private async Task<CheckResult> PolicyGroupAsync(EntraPeople people, string name, CancellationToken cancellationToken)
    {
        if (options.Groups.TryGetValue(name, out var id))
        {
            return await reader.GroupAsync(id, cancellationToken) is { } group
                ? new("policy group", null, $"{name} is {group.DisplayName} ({id})")
                : new("policy group", $"{name} is to be {id}, and no group has that id; correct Executors:Entra:Groups:{name}");
        }

        if (!options.GroupsByName)
            return new("policy group", $"{name} is nobody: set Executors:Entra:Groups:{name} to the object id of the group that is meant");
        var called = await people.CalledAsync([name], cancellationToken);
        return called switch
        {
            [] => new("policy group", $"no group is called {name}; set Executors:Entra:Groups:{name} to the object id of the group that is meant"),
            [_] when await people.GroupIdAsync(name, cancellationToken) is { } only => new("policy group", null, $"{name} is {only}, by its name"),
            _ => new("policy group", $"{called.Count} groups are called {name} ({string.Join(", ", called.Select(g => g.Id))}), so it is nobody; set Executors:Entra:Groups:{name} to the object id of the one that is meant"),
        };
    }

    private static async Task TryAsync(List<CheckResult> results, string what, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception e) when (e is ApiException or OperatorException)
        {
            results.Add(new(what, $"Graph does not answer ({SaidText.Of(e.Message)}); check Executors:Entra:GraphUrl and the permissions above"));
        }
    }
}

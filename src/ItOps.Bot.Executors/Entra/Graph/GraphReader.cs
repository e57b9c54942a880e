using System.Net;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;

namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>
/// What the directory holds now. Nothing is remembered, so that a right that was taken away counts at the next question; and only plain queries are made, since
/// Graph answers the advanced ones (ConsistencyLevel: eventual) from an index that lags behind.
/// </summary>
internal sealed class GraphReader(GraphConnection connection)
{
    private const int PageSize = 999;

    private static readonly string[] s_person =
    [
        "id", "userPrincipalName", "displayName", "givenName", "mail", "mailNickname", "department", "accountEnabled", "userType", "onPremisesSyncEnabled",
        "onPremisesImmutableId",
    ];

    private static readonly string[] s_account = [.. s_person, "onPremisesDomainName", "lastPasswordChangeDateTime", "signInSessionsValidFromDateTime"];

    private static readonly string[] s_accountAndPassword = [.. s_account, "passwordProfile"];

    private static readonly string[] s_group =
        ["id", "displayName", "description", "isAssignableToRole", "groupTypes", "mailEnabled", "securityEnabled", "onPremisesSyncEnabled"];

    private static readonly string[] s_manager = ["manager($select=id)"];

    private readonly GraphServiceClient _graph = connection.Client;

    /// <summary>The user with all that an account is judged by; none when there is no user of this id.</summary>
    public async Task<User?> AccountAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await OneAsync(() => _graph.Users[id].GetAsync(r => r.QueryParameters.Select = s_accountAndPassword, cancellationToken));
        }
        catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.Forbidden)
        {
            // Whoever may not set passwords may not see whether one must be changed, and may do the rest.
            return await OneAsync(() => _graph.Users[id].GetAsync(r => r.QueryParameters.Select = s_account, cancellationToken));
        }
    }

    public Task<User?> PersonAsync(string id, CancellationToken cancellationToken) => OneAsync(() => _graph.Users[id].GetAsync(r =>
    {
        r.QueryParameters.Select = s_person;
        r.QueryParameters.Expand = s_manager;
    }, cancellationToken));

    /// <summary>Without their managers.</summary>
    public Task<IReadOnlyList<User>> PeopleAsync(string filter, CancellationToken cancellationToken) => UsersAsync(filter, s_person, [], cancellationToken);

    public Task<IReadOnlyList<User>> PeopleAndManagersAsync(string filter, CancellationToken cancellationToken) => UsersAsync(filter, s_person, s_manager, cancellationToken);

    /// <summary>When somebody last signed in, in whatever way; none where the tenant has no licence for it or the bot no permission.</summary>
    public async Task<DateTimeOffset?> LastSignInAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var user = await _graph.Users[id].GetAsync(r => r.QueryParameters.Select = ["id", "signInActivity"], cancellationToken);
            return user?.SignInActivity?.LastSignInDateTime;
        }
        catch (ApiException e) when (e.ResponseStatusCode is (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The groups, roles and administrative units that a user is in; none when there is no such user.</summary>
    public async Task<IReadOnlyList<DirectoryObject>> MembershipsAsync(string user, bool direct, CancellationToken cancellationToken)
    {
        string[] select = ["id", "displayName", "isAssignableToRole", "roleTemplateId"];
        return direct
            ? await PagesAsync(
                await OneAsync(() => _graph.Users[user].MemberOf.GetAsync(r => (r.QueryParameters.Select, r.QueryParameters.Top) = (select, PageSize), cancellationToken)),
                next => _graph.Users[user].MemberOf.WithUrl(next).GetAsync(cancellationToken: cancellationToken),
                page => page.Value)
            : await PagesAsync(
                await OneAsync(() => _graph.Users[user].TransitiveMemberOf.GetAsync(r => (r.QueryParameters.Select, r.QueryParameters.Top) = (select, PageSize), cancellationToken)),
                next => _graph.Users[user].TransitiveMemberOf.WithUrl(next).GetAsync(cancellationToken: cancellationToken),
                page => page.Value);
    }

    public Task<Group?> GroupAsync(string id, CancellationToken cancellationToken) =>
        OneAsync(() => _graph.Groups[id].GetAsync(r => r.QueryParameters.Select = s_group, cancellationToken));

    /// <summary>All groups of one of these names; the server ignores case.</summary>
    public async Task<IReadOnlyList<Group>> GroupsCalledAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        // An expression of Graph may have fifteen clauses.
        var found = new List<Group>();
        foreach (var some in names.Where(n => !ODataText.IsNoName(n)).Distinct(StringComparer.Ordinal).Chunk(15))
        {
            var filter = $"displayName in ({string.Join(",", some.Select(ODataText.Quote))})";
            found.AddRange(await PagesAsync(
                await _graph.Groups.GetAsync(r => (r.QueryParameters.Filter, r.QueryParameters.Select, r.QueryParameters.Top) = (filter, s_group, PageSize), cancellationToken),
                next => _graph.Groups.WithUrl(next).GetAsync(cancellationToken: cancellationToken),
                page => page.Value));
        }

        return found;
    }

    /// <summary>The groups that a group is nested in, at any depth.</summary>
    public async Task<IReadOnlyList<DirectoryObject>> GroupsAboveAsync(string group, CancellationToken cancellationToken) => await PagesAsync(
        await _graph.Groups[group].TransitiveMemberOf.GetAsync(r => (r.QueryParameters.Select, r.QueryParameters.Top) = (["id", "displayName"], PageSize), cancellationToken),
        next => _graph.Groups[group].TransitiveMemberOf.WithUrl(next).GetAsync(cancellationToken: cancellationToken),
        page => page.Value);

    public async Task<IReadOnlyList<User>> OwnersAsync(string group, CancellationToken cancellationToken) => [.. (await PagesAsync(
        await _graph.Groups[group].Owners.GetAsync(r => r.QueryParameters.Select = ["id", "accountEnabled", "userType"], cancellationToken),
        next => _graph.Groups[group].Owners.WithUrl(next).GetAsync(cancellationToken: cancellationToken),
        page => page.Value)).OfType<User>()];

    /// <summary>The users in a group, nested ones too; none when there is no such group.</summary>
    public async Task<IReadOnlyList<User>> MembersAsync(string group, CancellationToken cancellationToken)
    {
        var first = await OneAsync(() => _graph.Groups[group].TransitiveMembers.GetAsync(
            r => (r.QueryParameters.Select, r.QueryParameters.Top) = (s_person, PageSize), cancellationToken));
        var members = await PagesAsync(first, next => _graph.Groups[group].TransitiveMembers.WithUrl(next).GetAsync(cancellationToken: cancellationToken), page => page.Value);
        return [.. members.OfType<User>()];
    }

    /// <summary>An object of any kind; none when there is none of this id that the bot may see.</summary>
    public async Task<DirectoryObject?> ObjectAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await OneAsync(() => _graph.DirectoryObjects[id].GetAsync(cancellationToken: cancellationToken));
        }
        catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Whether somebody else checks the passwords of a domain; none when that cannot be read.</summary>
    public async Task<bool?> IsFederatedAsync(string domain, CancellationToken cancellationToken)
    {
        try
        {
            return (await _graph.Domains[domain].GetAsync(r => r.QueryParameters.Select = ["id", "authenticationType"], cancellationToken))?.AuthenticationType is { } type
                ? !type.Equals("Managed", StringComparison.OrdinalIgnoreCase)
                : null;
        }
        catch (ApiException e) when (e.ResponseStatusCode is (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Roles that are assigned to the object itself, those of a part of the directory included; none when that cannot be read.</summary>
    public async Task<int?> RoleAssignmentsAsync(string principal, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _graph.RoleManagement.Directory.RoleAssignments.GetAsync(r => r.QueryParameters.Filter = $"principalId eq {ODataText.Quote(principal)}", cancellationToken);
            return found?.Value?.Count ?? 0;
        }
        catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    /// <summary>Roles that the object may take on by itself (Privileged Identity Management); 0 without a licence for that, none when it cannot be read.</summary>
    public async Task<int?> EligibleRolesAsync(string principal, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _graph.RoleManagement.Directory.RoleEligibilityScheduleInstances.GetAsync(
                r => r.QueryParameters.Filter = $"principalId eq {ODataText.Quote(principal)}", cancellationToken);
            return found?.Value?.Count ?? 0;
        }
        catch (ApiException e) when (e.ResponseStatusCode is (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.BadRequest)
        {
            return GraphRefusals.CodeOf(e) == "AadPremiumLicenseRequired" ? 0 : null;
        }
    }

    private async Task<IReadOnlyList<User>> UsersAsync(string filter, string[] select, string[] expand, CancellationToken cancellationToken) => await PagesAsync(
        await _graph.Users.GetAsync(r => (r.QueryParameters.Filter, r.QueryParameters.Select, r.QueryParameters.Expand, r.QueryParameters.Top) = (filter, select, expand, PageSize), cancellationToken),
        next => _graph.Users.WithUrl(next).GetAsync(cancellationToken: cancellationToken),
        page => page.Value);

    private static async Task<IReadOnlyList<T>> PagesAsync<TPage, T>(TPage? page, Func<string, Task<TPage?>> follow, Func<TPage, List<T>?> items)
        where TPage : BaseCollectionPaginationCountResponse
    {
        var all = new List<T>();
        for (; page is not null; page = page.OdataNextLink is { Length: > 0 } next ? await follow(next) : null)
            all.AddRange(items(page) ?? []);
        return all;
    }

    private static async Task<T?> OneAsync<T>(Func<Task<T?>> get)
        where T : class
    {
        try
        {
            return await get();
        }
        catch (ApiException e) when (e.ResponseStatusCode == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace ItOps.Bot.Testing.Jira;

internal sealed record JiraAnswer(int Status, JsonNode? Body)
{
    public static JiraAnswer Refused(int status, string message) => new(status, new JsonObject { ["errorMessages"] = new JsonArray(message), ["errors"] = new JsonObject() });
}

/// <summary>One request: the segments below <c>/rest/api/3</c>, each unescaped once.</summary>
internal sealed class JiraCall(string method, IReadOnlyList<string> path, string query, JsonObject? body)
{
    private readonly Dictionary<string, string> _query = QueryHelpers.ParseQuery(query).ToDictionary(o => o.Key, o => o.Value.ToString(), StringComparer.Ordinal);

    public string Method => method;

    public IReadOnlyList<string> Path => path;

    public JsonObject? Body => body;

    public string? this[string name] => _query.GetValueOrDefault(name);

    public int Number(string name, int otherwise) => this[name] is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    public bool HasOnly(params string[] known) => _query.Keys.All(known.Contains);
}

/// <summary>The endpoints of Jira Cloud's REST API 3 that the bot knows. A query parameter that an endpoint does not have is refused, so that a typo shows.</summary>
internal sealed class JiraApi(JiraSite site, Uri address, string self)
{
    public JiraAnswer Handle(JiraCall call) => (call.Method, call.Path) switch
    {
        ("GET", ["myself"]) => new(200, User(site.People[self], whole: false)),
        ("GET", ["user"]) when call.HasOnly("accountId", "expand") => call["accountId"] is { } id && site.People.TryGetValue(id, out var person)
            ? new(200, User(person, whole: call["expand"]?.Contains("applicationRoles", StringComparison.Ordinal) == true))
            : JiraAnswer.Refused(404, "Specified user does not exist or you do not have required permissions"),
        ("GET", ["user", "groups"]) when call.HasOnly("accountId") => call["accountId"] is { } id && site.People.TryGetValue(id, out var person)
            ? new(200, new JsonArray([.. person.Groups.Select(g => new JsonObject { ["name"] = g, ["groupId"] = GroupId(g) })]))
            : JiraAnswer.Refused(404, "The user does not exist"),
        ("GET", ["user", "search"]) when call.HasOnly("query", "startAt", "maxResults") => Search(call),
        ("GET", ["project", "search"]) when call.HasOnly("startAt", "maxResults", "orderBy") => Projects(call),
        ("GET", ["project", var key]) => site.Projects.TryGetValue(key, out var project) ? new(200, Project(project, lead: true)) : NoProject(key),
        ("GET", ["project", var key, "role"]) => site.Projects.ContainsKey(key)
            ? new(200, new JsonObject(site.Roles.Select(r => KeyValuePair.Create(r.Value, (JsonNode?)new Uri(address, $"rest/api/3/project/{key}/role/{r.Key}").AbsoluteUri))))
            : NoProject(key),
        ("GET", ["project", var key, "role", var role]) => RoleOf(key, role),
        ("POST", ["project", var key, "role", var role]) => Add(call, key, role),
        ("DELETE", ["project", var key, "role", var role]) when call.HasOnly("user") => Remove(call, key, role),
        ("PUT", ["project", var key, "role", var role]) => Replace(key, role),
        ("GET", ["mypermissions"]) when call.HasOnly("permissions", "projectKey") => new(200, new JsonObject
        {
            ["permissions"] = new JsonObject
            {
                [call["permissions"]!] = new JsonObject { ["key"] = call["permissions"], ["havePermission"] = call["projectKey"] is not { } project || !site.Closed.ContainsKey(project) },
            },
        }),
        _ => JiraAnswer.Refused(400, $"There is nothing at {call.Method} {string.Join('/', call.Path)} with these parameters."),
    };

    public static string GroupId(string name) => $"id-of-{name}";

    private static JiraAnswer NoProject(string key) => JiraAnswer.Refused(404, $"No project could be found with key '{key}'.");

    private JsonObject User(JiraPerson person, bool whole)
    {
        var json = new JsonObject
        {
            ["self"] = new Uri(address, "rest/api/3/user").AbsoluteUri,
            ["accountId"] = person.AccountId,
            ["accountType"] = person.AccountType,
            ["displayName"] = person.DisplayName,
            ["active"] = person.Active,
        };
        if (!person.HidesEmail)
            json["emailAddress"] = person.EmailAddress;
        if (whole && person.Licences is { } licences)
            json["applicationRoles"] = new JsonObject { ["size"] = licences.Count, ["items"] = new JsonArray([.. licences.Select(l => new JsonObject { ["key"] = l, ["name"] = l })]) };
        return json;
    }

    /// <summary>Beginnings of words of the name and of the address, as the real one.</summary>
    private JiraAnswer Search(JiraCall call)
    {
        var text = call["query"] ?? "";
        var found = site.People.Values
            .Where(p => p.DisplayName.Split(' ').Append(p.EmailAddress).Any(w => w.StartsWith(text, StringComparison.OrdinalIgnoreCase) || (text.Contains('@') && text.StartsWith(w, StringComparison.OrdinalIgnoreCase))))
            .OrderBy(p => p.AccountId, StringComparer.Ordinal).Skip(call.Number("startAt", 0)).Take(Math.Min(call.Number("maxResults", 50), 1000));
        return new(200, new JsonArray([.. found.Select(p => User(p, whole: false))]));
    }

    private JiraAnswer Projects(JiraCall call)
    {
        var (from, size) = (call.Number("startAt", 0), Math.Min(call.Number("maxResults", 50), 50));
        var all = site.Projects.Values.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        return new(200, new JsonObject
        {
            ["maxResults"] = size,
            ["startAt"] = from,
            ["total"] = all.Count,
            ["isLast"] = from + size >= all.Count,
            ["values"] = new JsonArray([.. all.Skip(from).Take(size).Select(p => Project(p, lead: false))]),
        });
    }

    private JsonObject Project(JiraProjectState project, bool lead)
    {
        var json = new JsonObject { ["id"] = "1" + project.Key.Length, ["key"] = project.Key, ["name"] = project.Name };
        if (lead && site.People.TryGetValue(project.Lead, out var person))
            json["lead"] = User(person, whole: false);
        return json;
    }

    private JiraAnswer RoleOf(string key, string role)
    {
        if (!site.Projects.ContainsKey(key))
            return NoProject(key);
        if (!site.Roles.TryGetValue(role, out var name))
            return JiraAnswer.Refused(404, $"Can not retrieve a role actor for a role with id {role}.");
        var actors = site.ActorsOf(key, role).Select(a => a.StartsWith("group:", StringComparison.Ordinal)
            ? new JsonObject { ["type"] = "atlassian-group-role-actor", ["displayName"] = a[6..], ["actorGroup"] = new JsonObject { ["name"] = a[6..], ["groupId"] = GroupId(a[6..]) } }
            : new JsonObject { ["type"] = "atlassian-user-role-actor", ["displayName"] = a, ["actorUser"] = new JsonObject { ["accountId"] = a } });
        return new(200, new JsonObject { ["id"] = long.Parse(role, CultureInfo.InvariantCulture), ["name"] = name, ["actors"] = new JsonArray([.. actors]) });
    }

    private JiraAnswer Add(JiraCall call, string key, string role)
    {
        var read = RoleOf(key, role);
        if (read.Status != 200)
            return read;
        if (site.Closed.ContainsKey(key))
            return JiraAnswer.Refused(403, "You do not have permission to edit this project.");
        if (call.Body?["user"] is not JsonArray users || users.Count == 0 || call.Body.Count > 1)
            return JiraAnswer.Refused(400, "Must specify at least one group or one user.");
        foreach (var account in users.Select(u => u!.GetValue<string>()))
        {
            if (!site.People.ContainsKey(account))
                return JiraAnswer.Refused(404, $"We can't find '{account}' in any accessible user directory. Check they're still active and available, and try again.");
            if (site.ActorsOf(key, role).Contains(account))
                return JiraAnswer.Refused(400, $"'{account}' is already a member of the project role.");
            site.Change("add", key, role, account, site.ActorsOf(key, role).Append(account));
        }

        return RoleOf(key, role);
    }

    private JiraAnswer Remove(JiraCall call, string key, string role)
    {
        var read = RoleOf(key, role);
        if (read.Status != 200)
            return read;
        if (site.Closed.ContainsKey(key))
            return JiraAnswer.Refused(403, "You do not have permission to edit this project.");
        if (call["user"] is not { } account || !site.ActorsOf(key, role).Contains(account))
            return JiraAnswer.Refused(404, "The user is not an actor of the project role.");
        site.Change("remove", key, role, account, site.ActorsOf(key, role).Where(a => a != account));
        return new(204, null);
    }

    private JiraAnswer Replace(string key, string role)
    {
        foreach (var account in site.ActorsOf(key, role))
            site.Change("remove", key, role, account, []);
        return new(200, new JsonObject());
    }
}

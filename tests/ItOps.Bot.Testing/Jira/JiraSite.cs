using System.Collections.Concurrent;

namespace ItOps.Bot.Testing.Jira;

/// <summary>An Atlassian account as the site knows it. The address is hidden where its owner wants that.</summary>
public sealed record JiraPerson(string AccountId, string DisplayName, string EmailAddress)
{
    public string AccountType { get; init; } = "atlassian";

    public bool Active { get; init; } = true;

    public bool HidesEmail { get; init; }

    /// <summary>Names of groups.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Products that they have a licence for; none when the site does not tell.</summary>
    public IReadOnlyList<string>? Licences { get; init; } = ["Jira Software"];
}

/// <summary>A project with its roles: by role id, who has it. A role's actors are accounts, or groups as <c>group:name</c>.</summary>
public sealed record JiraProjectState(string Key, string Name, string Lead)
{
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Actors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <param name="What">"add" or "remove".</param>
public sealed record JiraEffect(string What, string Project, string Role, string AccountId);

/// <summary>The state of one site, and what was done to it.</summary>
public sealed class JiraSite
{
    private readonly ConcurrentQueue<JiraEffect> _effects = new();

    public ConcurrentDictionary<string, JiraPerson> People { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, JiraProjectState> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the site's roles by id.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string> { ["10002"] = "Administrators", ["10003"] = "Viewers", ["10004"] = "Developers", ["10005"] = "Service Desk Team" };

    /// <summary>Projects in which the bot may not change roles.</summary>
    public ConcurrentDictionary<string, bool> Closed { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<JiraEffect> Effects => [.. _effects];

    public JiraPerson AddPerson(string name, Func<JiraPerson, JiraPerson>? change = null)
    {
        var person = new JiraPerson($"712020:{name}-1f2e3d4c", $"{name} Example", $"{name}@contoso.example");
        person = change?.Invoke(person) ?? person;
        return People[person.AccountId] = person;
    }

    public JiraProjectState AddProject(string key, string name, JiraPerson lead) => Projects[key] = new(key, name, lead.AccountId);

    public IReadOnlyList<string> ActorsOf(string project, string role) => Projects[project].Actors.GetValueOrDefault(role) ?? [];

    /// <summary>As an administrator would, past the bot.</summary>
    public void SetActors(string project, string role, params string[] actors) =>
        Projects[project] = Projects[project] with { Actors = new Dictionary<string, IReadOnlyList<string>>(Projects[project].Actors) { [role] = actors } };

    internal void Change(string what, string project, string role, string account, IEnumerable<string> actors)
    {
        SetActors(project, role, [.. actors]);
        _effects.Enqueue(new(what, project, role, account));
    }
}

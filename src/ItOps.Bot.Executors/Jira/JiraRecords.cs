using System.Text.Json.Serialization;

namespace ItOps.Bot.Executors.Jira;

/// <summary>An account as Jira tells of it; whatever it does not want to tell is missing.</summary>
internal sealed record JiraUser(string AccountId)
{
    public const string Person = "atlassian";
    public const string Program = "app";

    /// <summary>"atlassian", "app", or "customer" of a service desk's portal.</summary>
    public string? AccountType { get; init; }

    public string? DisplayName { get; init; }

    public string? EmailAddress { get; init; }

    public bool Active { get; init; }

    public JiraApplications? ApplicationRoles { get; init; }
}

internal sealed record JiraApplications(IReadOnlyList<JiraApplication>? Items);

internal sealed record JiraApplication(string? Key, string? Name);

internal sealed record JiraGroup(string? Name, string? GroupId);

internal sealed record JiraProject(string Key, string? Name, JiraUser? Lead);

internal sealed record JiraProjects(IReadOnlyList<JiraProject>? Values, bool IsLast);

internal sealed record JiraRole(long Id, string? Name, IReadOnlyList<JiraActor>? Actors);

/// <summary>Who has a role: one account, or all of a group.</summary>
internal sealed record JiraActor(JiraActorUser? ActorUser, JiraGroup? ActorGroup);

internal sealed record JiraActorUser(string? AccountId);

internal sealed record JiraNewActors(IReadOnlyList<string> User);

internal sealed record JiraPermissions(IReadOnlyDictionary<string, JiraPermission>? Permissions);

internal sealed record JiraPermission(bool HavePermission);

internal sealed record JiraErrors(IReadOnlyList<string>? ErrorMessages, IReadOnlyDictionary<string, string>? Errors);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(JiraUser))]
[JsonSerializable(typeof(JiraUser[]))]
[JsonSerializable(typeof(JiraGroup[]))]
[JsonSerializable(typeof(JiraProject))]
[JsonSerializable(typeof(JiraProjects))]
[JsonSerializable(typeof(JiraRole))]
[JsonSerializable(typeof(JiraNewActors))]
[JsonSerializable(typeof(JiraPermissions))]
[JsonSerializable(typeof(JiraErrors))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class JiraJson : JsonSerializerContext;

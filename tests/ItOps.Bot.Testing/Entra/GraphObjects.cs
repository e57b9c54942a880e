using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Entra;

/// <summary>A user of the tenant, with the properties that Graph shows under these names.</summary>
public sealed record GraphUser(string Id, string UserPrincipalName, string DisplayName)
{
    public string? GivenName { get; init; }

    public string? Mail { get; init; }

    public string? MailNickname { get; init; }

    public string? Department { get; init; }

    public bool AccountEnabled { get; init; } = true;

    /// <summary>None for users from before there were guests.</summary>
    public string? UserType { get; init; } = "Member";

    public bool? OnPremisesSyncEnabled { get; init; }

    public string? OnPremisesImmutableId { get; init; }

    public string? OnPremisesDomainName { get; init; }

    public DateTimeOffset? LastPasswordChange { get; init; }

    public bool ForceChange { get; init; }

    /// <summary>What the user signs in with; no answer ever holds it.</summary>
    public string Password { get; init; } = "Correct-horse-1";

    public DateTimeOffset? SessionsValidFrom { get; init; }

    public DateTimeOffset? LastSignIn { get; init; }

    public string? ManagerId { get; init; }

    /// <summary>Graph shows moments without fractions of a second.</summary>
    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["userPrincipalName"] = UserPrincipalName,
        ["displayName"] = DisplayName,
        ["givenName"] = GivenName,
        ["mail"] = Mail,
        ["mailNickname"] = MailNickname,
        ["department"] = Department,
        ["accountEnabled"] = AccountEnabled,
        ["userType"] = UserType,
        ["onPremisesSyncEnabled"] = OnPremisesSyncEnabled,
        ["onPremisesImmutableId"] = OnPremisesImmutableId,
        ["onPremisesDomainName"] = OnPremisesDomainName,
        ["lastPasswordChangeDateTime"] = Moment(LastPasswordChange),
        ["passwordProfile"] = new JsonObject { ["password"] = null, ["forceChangePasswordNextSignIn"] = ForceChange, ["forceChangePasswordNextSignInWithMfa"] = false },
        ["signInSessionsValidFromDateTime"] = Moment(SessionsValidFrom),
        ["signInActivity"] = new JsonObject { ["lastSignInDateTime"] = Moment(LastSignIn) },
    };

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A group; members are users and other groups, by id.</summary>
public sealed record GraphGroup(string Id, string DisplayName)
{
    public string? Description { get; init; }

    public bool IsAssignableToRole { get; init; }

    public IReadOnlyList<string> GroupTypes { get; init; } = [];

    public bool MailEnabled { get; init; }

    public bool? OnPremisesSyncEnabled { get; init; }

    public IReadOnlyList<string> Members { get; init; } = [];

    public IReadOnlyList<string> Owners { get; init; } = [];

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["displayName"] = DisplayName,
        ["description"] = Description,
        ["isAssignableToRole"] = IsAssignableToRole,
        ["groupTypes"] = new JsonArray([.. GroupTypes.Select(t => JsonValue.Create(t))]),
        ["mailEnabled"] = MailEnabled,
        ["securityEnabled"] = true,
        ["onPremisesSyncEnabled"] = OnPremisesSyncEnabled,
    };
}

/// <summary>A role of the directory that was activated, and who holds it: users or groups.</summary>
public sealed record GraphRole(string Id, string DisplayName, IReadOnlyList<string> Members)
{
    internal JsonObject ToJson() => new() { ["id"] = Id, ["displayName"] = DisplayName, ["roleTemplateId"] = Id };
}

using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Teams;

/// <summary>Somebody, as the roster of a conversation tells; what is none is left out.</summary>
public sealed record TeamsProfile(string? AadObjectId)
{
    public string? Tenant { get; init; } = FakeBotConnector.Tenant;

    public string? UserPrincipalName { get; init; }

    /// <summary>The mail attribute, which need not be what they sign in with.</summary>
    public string? Email { get; init; }

    /// <summary>"user", "owner", "guest" or "anonymous".</summary>
    public string? Role { get; init; } = "user";

    /// <summary>The object id goes by the name that it had at first.</summary>
    public bool IsOldFashioned { get; init; }

    internal JsonObject ToJson(string id)
    {
        var json = new JsonObject { ["id"] = id, ["name"] = "Somebody" };
        Set(IsOldFashioned ? "objectId" : "aadObjectId", AadObjectId);
        Set("tenantId", Tenant);
        Set("userPrincipalName", UserPrincipalName);
        Set("email", Email);
        Set("userRole", Role);
        return json;

        void Set(string name, string? value)
        {
            if (value is not null)
                json[name] = value;
        }
    }
}

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Entra;

/// <summary>Gives the app its tokens, with the permissions that it was granted, and knows which ones it gave.</summary>
public sealed class GraphTokens(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, HashSet<string> Roles)> _given = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>What the app registration was granted; a token carries what was granted when it was given.</summary>
    public HashSet<string> Granted { get; } = new(StringComparer.Ordinal)
    {
        "User.Read.All", "GroupMember.ReadWrite.All", "RoleManagement.Read.Directory", "Domain.Read.All", "User-PasswordProfile.ReadWrite.All", "User.RevokeSessions.All",
        "User.EnableDisableAccount.All",
    };

    /// <summary>While set, no token is given: the secret has expired.</summary>
    public bool Refuses { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>No token that was given so far is taken any more.</summary>
    public void RevokeAll() => _given.Clear();

    internal IReadOnlySet<string>? RolesOf(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _given.TryGetValue(authorization["Bearer ".Length..], out var given) && time.GetUtcNow() < given.Until ? given.Roles : null;

    internal (int Status, JsonObject Answer) Give(string tenant, IFormCollection form)
    {
        var number = Interlocked.Increment(ref _asked);
        var wrong = Refuses || tenant != FakeGraph.Tenant || form["client_id"] != FakeGraph.AppId || form["grant_type"] != "client_credentials"
            || form["scope"] != "https://graph.microsoft.com/.default" || (form["client_secret"] != FakeGraph.ClientSecret && string.IsNullOrEmpty(form["client_assertion"]));
        if (wrong)
            return (401, new() { ["error"] = "invalid_client", ["error_description"] = "AADSTS7000222: The provided client secret keys are expired.", ["error_codes"] = new JsonArray(7000222) });
        var claims = new JsonObject { ["aud"] = "https://graph.microsoft.com", ["roles"] = new JsonArray([.. Granted.Order(StringComparer.Ordinal).Select(r => JsonValue.Create(r))]), ["uti"] = number };
        var token = $"{Part("""{"typ":"JWT","alg":"none"}""")}.{Part(claims.ToJsonString())}.{Part("unsigned")}";
        _given[token] = (time.GetUtcNow() + Life, [.. Granted]);
        return (200, new() { ["token_type"] = "Bearer", ["expires_in"] = (int)Life.TotalSeconds, ["ext_expires_in"] = (int)Life.TotalSeconds, ["access_token"] = token });
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

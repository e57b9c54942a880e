using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Teams;

/// <summary>Gives the bot its own token for its secret or a signed assertion, and knows which ones it gave.</summary>
public sealed class FakeEntra(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _given = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>While set, no token is given: the secret has expired.</summary>
    public bool Refuses { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>No token that was given so far is taken any more.</summary>
    public void RevokeAll() => _given.Clear();

    internal bool Knows(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _given.TryGetValue(authorization["Bearer ".Length..], out var until) && time.GetUtcNow() < until;

    internal (int Status, JsonObject Answer) Token(string tenant, IFormCollection form)
    {
        Interlocked.Increment(ref _asked);
        var wrong = Refuses || tenant != FakeBotConnector.Tenant || form["client_id"] != FakeBotConnector.AppId || form["grant_type"] != "client_credentials"
            || form["scope"] != "https://api.botframework.com/.default" || (form["client_secret"] != FakeBotConnector.ClientSecret && string.IsNullOrEmpty(form["client_assertion"]));
        if (wrong)
            return (401, new() { ["error"] = "invalid_client", ["error_description"] = "AADSTS7000222: The provided client secret keys are expired.", ["error_codes"] = new JsonArray(7000222) });
        var token = $"bot-token-{Guid.NewGuid():N}";
        _given[token] = time.GetUtcNow() + Life;
        return (200, new() { ["token_type"] = "Bearer", ["expires_in"] = (int)Life.TotalSeconds, ["ext_expires_in"] = (int)Life.TotalSeconds, ["access_token"] = token });
    }
}

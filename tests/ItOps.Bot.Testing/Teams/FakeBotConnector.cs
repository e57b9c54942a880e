using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Teams;

/// <summary>
/// Teams as the bot sees it, on loopback: the issuer of the tokens that prove requests, Entra for the bot's own token, and the connector with its limits. People act
/// through <see cref="User"/>.
/// </summary>
public sealed class FakeBotConnector : IAsyncDisposable
{
    public const string AppId = "5e3c2f70-9d41-4b8a-8f15-0c6d7a9be201";
    public const string ClientSecret = "practice-client-secret";

    /// <summary>The tenant of the practice people.</summary>
    public const string Tenant = "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650";

    private readonly WebApplication _app;
    private readonly Dictionary<string, TeamsUser> _users = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _received = new();
    private int _lookUps;

    private FakeBotConnector(WebApplication app, TimeProvider time)
    {
        (_app, Time) = (app, time);
        Issuer = new(time, AppId);
        Entra = new(time);
        Conversations = new(time);
    }

    public TimeProvider Time { get; }

    public TokenIssuer Issuer { get; }

    /// <summary>Where the bot gets its own token.</summary>
    public FakeEntra Entra { get; }

    public ConnectorFaults Faults { get; } = new();

    public TeamsConversations Conversations { get; }

    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>What activities name as the place to answer to.</summary>
    public Uri ServiceUrl => new(Address, "emea/");

    /// <summary>Requests that were refused for breaking a rule of the platform; a well-behaved bot leaves this empty.</summary>
    public IReadOnlyList<string> Violations => Conversations.Violations;

    /// <summary>How often the bot asked who somebody is.</summary>
    public int LookUps => Volatile.Read(ref _lookUps);

    /// <summary>What the bot needs to speak to this instead of the real one.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Channels:Teams:Enabled"] = "true",
        ["Channels:Teams:AppId"] = AppId,
        ["Channels:Teams:TenantId"] = Tenant,
        ["Channels:Teams:ClientSecret"] = ClientSecret,
        ["Channels:Teams:OpenIdMetadata"] = new Uri(Address, "v1/.well-known/openidconfiguration").AbsoluteUri,
        ["Channels:Teams:TokenAuthority"] = Address.AbsoluteUri,
    };

    /// <summary>How often what people do is delivered, and whether each copy has an id of its own.</summary>
    public (int Times, bool NewIds) Redelivery { get; set; } = (1, false);

    /// <summary>Every body that the bot sent, as it came.</summary>
    public IReadOnlyCollection<string> Received => _received;

    internal BotLine Bot { get; } = new();

    public static async Task<FakeBotConnector> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var fake = new FakeBotConnector(app, time);
        fake.Map();
        await app.StartAsync();
        return fake;
    }

    /// <summary>Where the bot listens, and how to wait until it is done with what it was sent.</summary>
    public void Connect(HttpClient bot, Func<Task>? settle = null) => Bot.Connect(bot, settle ?? (() => Task.CompletedTask));

    /// <summary>Somebody of the tenant, the same for the same name.</summary>
    public TeamsUser User(string name, string aadObjectId)
    {
        if (!_users.TryGetValue(name, out var user))
            _users[name] = user = new(this, name, aadObjectId);
        return user;
    }

    /// <summary>A group chat or a channel of a team, with the bot in it.</summary>
    public TeamsConversation Shared(string id, bool isChannel = true) => Conversations.Shared(id, isChannel);

    /// <summary>Posts any JSON to the bot as the platform would; for what no person does.</summary>
    public Task<HttpResponseMessage> DeliverAsync(string json, string? token) => Bot.PostAsync(json, token);

    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/v1/.well-known/openidconfiguration", () => Issuer.Metadata(Address) is { } metadata ? Json(200, metadata) : Results.StatusCode(503));
        _app.MapGet("/v1/.well-known/keys", () => Issuer.Keys() is { } keys ? Json(200, keys) : Results.StatusCode(503));
        _app.MapPost("/{tenant}/oauth2/v2.0/token", async (string tenant, HttpRequest request) =>
        {
            var (status, answer) = Entra.Token(tenant, await request.ReadFormAsync());
            return Json(status, answer);
        });
        _app.MapPost("/emea/v3/conversations", (HttpRequest request) => HandleAsync(request, body => Conversations.Open(body)));
        _app.MapPost("/emea/v3/conversations/{id}/activities", (string id, HttpRequest request) => HandleAsync(request, body => Conversations.Post(id, body)));
        _app.MapPut("/emea/v3/conversations/{id}/activities/{activity}", (string id, string activity, HttpRequest request) =>
            HandleAsync(request, body => Conversations.Update(id, activity, body)));
        _app.MapGet("/emea/v3/conversations/{id}/members/{user}", (string id, string user, HttpRequest request) => HandleAsync(request, _ =>
        {
            Interlocked.Increment(ref _lookUps);
            return Conversations.Member(id, user, _users.Values.FirstOrDefault(u => u.Id == user)?.Profile);
        }));
    }

    private async Task<IResult> HandleAsync(HttpRequest request, Func<string, ConnectorAnswer> handle)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        _received.Enqueue(body);
        if (!Entra.Knows(request.Headers.Authorization.ToString()))
            return Refused(401, "Unauthorized", "The bearer token is not valid.");
        var fault = Faults.Take();
        if (fault is { AfterTaking: false })
        {
            if (fault.RetryAfter is { } wait)
                request.HttpContext.Response.Headers.RetryAfter = $"{wait.TotalSeconds:F0}";
            return Refused(fault.Status, fault.Code, "A fault that the test asked for.");
        }

        var answer = handle(body);
        if (fault is { BreaksOff: true })
            request.HttpContext.Abort();
        else if (fault is { Status: 0 })
            await Task.Delay(Timeout.InfiniteTimeSpan, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault is { Status: not 0 })
            return Refused(fault.Status, fault.Code, "A fault that the test asked for.");
        if (answer.Status == 202)
            return Results.StatusCode(202);
        if (answer.Body is { } said)
            return Json(answer.Status, said);
        return answer.Id is { } id ? Json(answer.Status, new() { ["id"] = id }) : Refused(answer.Status, answer.Code, answer.Message);
    }

    private static IResult Refused(int status, string code, string message) =>
        Json(status, new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    private static IResult Json(int status, JsonObject body) => Results.Text(body.ToJsonString(), "application/json", Encoding.UTF8, status);
}

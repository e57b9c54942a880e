using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Entra;

/// <summary>Microsoft Graph and the issuer of its tokens, on loopback, with the state of one tenant, the published errors, and faults on demand.</summary>
public sealed class FakeGraph : IAsyncDisposable
{
    public const string Tenant = "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650";
    public const string AppId = "7d1f5c22-3b8e-49a0-a6d4-2e90c1b75f38";
    public const string ClientSecret = "practice-graph-secret";

    private readonly WebApplication _app;
    private readonly GraphApi _api;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private FakeGraph(WebApplication app, TimeProvider time)
    {
        _app = app;
        Tokens = new(time);
        Directory = new(time);
        _api = new(Directory, () => PageSize);
    }

    public GraphTokens Tokens { get; }

    /// <summary>Users, groups and what happened to them.</summary>
    public GraphTenant Directory { get; }

    /// <summary>What goes wrong with the next changes.</summary>
    public CallFaults Writes { get; } = new();

    /// <summary>What goes wrong with the next readings.</summary>
    public CallFaults Reads { get; } = new();

    /// <summary>Awaited when a change was made, before its answer leaves.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    /// <summary>Pages are never larger.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Where answers say that their next pages are; another place than this is a trap for the token.</summary>
    public Uri? NextPages { get; set; }

    /// <summary>Every request to Graph as it came, such as "GET users/…?$select=id".</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>What the bot needs to speak to this instead of the real one.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Executors:Entra:Enabled"] = "true",
        ["Executors:Entra:TenantId"] = Tenant,
        ["Executors:Entra:AppId"] = AppId,
        ["Executors:Entra:ClientSecret"] = ClientSecret,
        ["Executors:Entra:TokenAuthority"] = Address.AbsoluteUri,
        ["Executors:Entra:GraphUrl"] = new Uri(Address, "v1.0/").AbsoluteUri,
    };

    public static async Task<FakeGraph> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var fake = new FakeGraph(app, time);
        app.MapPost("/{tenant}/oauth2/v2.0/token", async (string tenant, HttpRequest request) =>
        {
            var (status, answer) = fake.Tokens.Give(tenant, await request.ReadFormAsync());
            return Results.Text(answer.ToJsonString(), "application/json", Encoding.UTF8, status);
        });
        app.Map("/v1.0/{**rest}", fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        // The server's own unescaping would hide how a slash was sent.
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (path, query) = raw.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (raw[..at], raw[at..]) : (raw, "");
        _requests.Enqueue($"{http.Request.Method} {path["/v1.0/".Length..]}{Uri.UnescapeDataString(query)}");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        http.Response.Headers.Date = Directory.Now.ToString("R", CultureInfo.InvariantCulture);

        if (Tokens.RolesOf(http.Request.Headers.Authorization.ToString()) is not { } roles)
        {
            await WriteAsync(http, GraphAnswer.Refused(401, "InvalidAuthenticationToken", "Access token is empty, expired or not given by this tenant."));
            return;
        }

        var fault = (HttpMethods.IsGet(http.Request.Method) ? Reads : Writes).Take();
        if (fault is null || fault.AfterEffect)
        {
            var effects = Directory.Effects.Count;
            var answer = Answer(http, path, query, body, roles);
            if (Directory.Effects.Count > effects && BeforeAnswer is { } hold)
                await hold();
            if (fault is null)
            {
                await WriteAsync(http, answer);
                return;
            }
        }

        if (fault.Status == 0)
        {
            http.Abort();
            return;
        }

        if (fault.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        await WriteAsync(http, GraphAnswer.Refused(fault.Status, fault.Code, fault.Message));
    }

    private GraphAnswer Answer(HttpContext http, string path, string query, string body, IReadOnlySet<string> roles)
    {
        JsonObject? json = null;
        try
        {
            json = body.Length > 0 ? JsonNode.Parse(body) as JsonObject : null;
        }
        catch (JsonException)
        {
            return GraphAnswer.Bad("Unable to read JSON request payload.", "BadRequest");
        }

        var segments = path["/v1.0/".Length..].Split('/').Select(Uri.UnescapeDataString).ToList();
        var call = new GraphCall(http.Request.Method, segments, new(query, http.Request.Headers["ConsistencyLevel"]), new(NextPages ?? Address, path.TrimStart('/')), json, roles);
        lock (_gate)
            return _api.Handle(call);
    }

    private static async Task WriteAsync(HttpContext http, GraphAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Body is not { } body)
            return;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }
}

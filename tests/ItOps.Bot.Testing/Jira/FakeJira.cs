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

namespace ItOps.Bot.Testing.Jira;

/// <summary>Jira Cloud on loopback, with the state of one site, the published errors, and faults on demand.</summary>
public sealed class FakeJira : IAsyncDisposable
{
    public const string Email = "bot@contoso.example";
    public const string ApiToken = "practice-jira-token";

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private FakeJira(WebApplication app)
    {
        _app = app;
        Self = Site.AddPerson("bot");
    }

    public JiraSite Site { get; } = new();

    /// <summary>The bot's own account.</summary>
    public JiraPerson Self { get; }

    public CallFaults Writes { get; } = new();

    public CallFaults Reads { get; } = new();

    /// <summary>Awaited when a change was made, before its answer leaves.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    /// <summary>While set, the token has expired.</summary>
    public bool RefusesToken { get; set; }

    /// <summary>Every request as it came, such as "POST project/OPS/role/10003".</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public Uri Address => new(_app.Urls.Single() + "/");

    public Dictionary<string, string> Settings => new()
    {
        ["Executors:Jira:Enabled"] = "true",
        ["Executors:Jira:Url"] = Address.AbsoluteUri,
        ["Executors:Jira:Email"] = Email,
        ["Executors:Jira:ApiToken"] = ApiToken,
    };

    public static async Task<FakeJira> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var fake = new FakeJira(app);
        app.Map("/rest/api/3/{**rest}", fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        // The server's own unescaping would hide how a slash was sent.
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget["/rest/api/3/".Length..];
        var (path, query) = raw.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (raw[..at], raw[at..]) : (raw, "");
        _requests.Enqueue($"{http.Request.Method} {path}{Uri.UnescapeDataString(query)}");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (RefusesToken || http.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Email}:{ApiToken}")))
        {
            await WriteAsync(http, JiraAnswer.Refused(401, "Client must be authenticated to access this resource."));
            return;
        }

        var fault = (HttpMethods.IsGet(http.Request.Method) ? Reads : Writes).Take();
        if (fault is null || fault.AfterEffect)
        {
            var effects = Site.Effects.Count;
            var answer = Answer(http.Request.Method, path, query, body);
            if (Site.Effects.Count > effects && BeforeAnswer is { } hold)
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
        await WriteAsync(http, JiraAnswer.Refused(fault.Status, fault.Message));
    }

    private JiraAnswer Answer(string method, string path, string query, string body)
    {
        try
        {
            var json = body.Length > 0 ? JsonNode.Parse(body) as JsonObject : null;
            lock (_gate)
                return new JiraApi(Site, Address, Self.AccountId).Handle(new(method, [.. path.Split('/').Select(Uri.UnescapeDataString)], query, json));
        }
        catch (JsonException)
        {
            return JiraAnswer.Refused(400, "The request body cannot be read.");
        }
    }

    private static async Task WriteAsync(HttpContext http, JiraAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Body is not { } body)
            return;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }
}

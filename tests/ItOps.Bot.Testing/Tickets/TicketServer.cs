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
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Tickets;

/// <summary>One request to a ticket system: the segments of its path, each unescaped once, and its query.</summary>
public sealed record TicketCall(string Method, IReadOnlyList<string> Path, IReadOnlyDictionary<string, string> Query, JsonObject? Body)
{
    public string? this[string name] => Query.GetValueOrDefault(name);

    public bool HasOnly(params string[] known) => Query.Keys.All(known.Contains);
}

public sealed record TicketReply(int Status, JsonNode? Body);

/// <summary>What the fakes of ticket systems have in common: a real server on loopback with basic authentication, and faults on demand.</summary>
public abstract class TicketServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private WebApplication _app = null!;

    public CallFaults Writes { get; } = new();

    public CallFaults Reads { get; } = new();

    /// <summary>While set, every call is answered as a system does that is being maintained.</summary>
    public bool IsDown { get; set; }

    /// <summary>While set, the credentials are refused.</summary>
    public bool RefusesCredentials { get; set; }

    /// <summary>Every request as it came, such as "POST api/now/table/incident".</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public Uri Address => new(_app.Urls.Single() + "/");

    protected abstract string Credentials { get; }

    protected abstract TicketReply Answer(TicketCall call);

    protected abstract JsonNode Error(int status, string message);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _app.DisposeAsync();
    }

    /// <summary>As somebody in the system does it, past the bot.</summary>
    protected T Do<T>(Func<T> act)
    {
        lock (_gate)
            return act();
    }

    protected async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Map("/{**rest}", HandleAsync);
        await _app.StartAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        // The server's own unescaping would hide how a slash was sent.
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget[1..];
        var (path, query) = raw.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (raw[..at], raw[at..]) : (raw, "");
        _requests.Enqueue($"{http.Request.Method} {path}");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (IsDown)
        {
            await WriteAsync(http, new(503, Error(503, "Maintenance")));
            return;
        }

        if (RefusesCredentials || http.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials)))
        {
            await WriteAsync(http, new(401, Error(401, "User Not Authenticated")));
            return;
        }

        var isRead = HttpMethods.IsGet(http.Request.Method);
        var fault = (isRead ? Reads : Writes).Take();
        if (fault is null || fault.AfterEffect)
        {
            var answer = AnswerTo(http.Request, path, query, body);
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
        await WriteAsync(http, new(fault.Status, Error(fault.Status, fault.Message)));
    }

    private TicketReply AnswerTo(HttpRequest request, string path, string query, string body)
    {
        if (body.Length > 0 && request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            return new(415, Error(415, "Unsupported media type"));
        try
        {
            var json = body.Length > 0 ? JsonNode.Parse(body) as JsonObject : null;
            var options = QueryHelpers.ParseQuery(query).ToDictionary(o => o.Key, o => o.Value.ToString(), StringComparer.Ordinal);
            lock (_gate)
                return Answer(new(request.Method, [.. path.Split('/').Select(Uri.UnescapeDataString)], options, json));
        }
        catch (JsonException)
        {
            return new(400, Error(400, "The request body cannot be read."));
        }
    }

    private static async Task WriteAsync(HttpContext http, TicketReply answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Body is not { } body)
            return;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }
}

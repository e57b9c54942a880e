using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Models;

/// <summary>
/// A model's endpoint on loopback that speaks OpenAI's protocol, or Azure's form of it: it checks the key and the shape of each request and schema, and answers as
/// a stream with what <see cref="Answers"/> says. <c>FakeModelTests</c> shows how it is used.
/// </summary>
public sealed class FakeModel : IAsyncDisposable
{
    public const string ApiKey = "practice-model-key";
    public const string Model = "practice-model";
    public const string ApiVersion = "2024-10-21";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ModelQuestion> _questions = new();
    private readonly ConcurrentQueue<ModelReply> _next = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private int _calls;

    private FakeModel(WebApplication app) => _app = app;

    /// <summary>Answers each question; says of each that nothing fits unless a test sets it.</summary>
    public Func<ModelQuestion, ModelReply> Answers { get; set; } = asked => asked.Nothing();

    /// <summary>Every call, whatever became of it.</summary>
    public int Calls => _calls;

    /// <summary>What was asked, in order; questions that were turned away are not among them.</summary>
    public IReadOnlyList<ModelQuestion> Questions => [.. _questions];

    /// <summary>What was wrong with requests that were turned away.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    public Uri Address => new(_app.Urls.Single() + "/");

    public Dictionary<string, string> Settings => new()
    {
        ["Knowledge:Llm:Endpoint"] = $"{Address}v1",
        ["Knowledge:Llm:ApiKey"] = ApiKey,
        ["Knowledge:Llm:ChatModel"] = Model,
    };

    public Dictionary<string, string> AzureSettings => new()
    {
        ["Knowledge:Llm:Endpoint"] = Address.ToString(),
        ["Knowledge:Llm:Provider"] = "azure",
        ["Knowledge:Llm:ApiVersion"] = ApiVersion,
        ["Knowledge:Llm:ApiKey"] = ApiKey,
        ["Knowledge:Llm:ChatModel"] = Model,
    };

    /// <param name="port">One that was left before, to come back at; any free one when it is 0.</param>
    public static async Task<FakeModel> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var fake = new FakeModel(app);
        app.MapPost("/v1/chat/completions", http => fake.TakeAsync(http, http.Request.Headers.Authorization == $"Bearer {ApiKey}"));
        app.MapPost($"/openai/deployments/{Model}/chat/completions", http => fake.TakeAsync(
            http, http.Request.Headers["api-key"] == ApiKey && http.Request.Headers.Authorization.Count == 0 && http.Request.Query["api-version"] == ApiVersion));
        await app.StartAsync();
        return fake;
    }

    /// <summary>What becomes of the calls that come next, before <see cref="Answers"/> is asked again.</summary>
    public void Next(params ModelReply[] replies)
    {
        foreach (var reply in replies)
            _next.Enqueue(reply);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http, bool keyIsRight)
    {
        Interlocked.Increment(ref _calls);
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var raw = await reader.ReadToEndAsync();
        if (!keyIsRight)
        {
            await RefuseAsync(http, 401, "invalid_api_key", $"Incorrect API key provided: {http.Request.Headers.Authorization}{http.Request.Headers["api-key"]}.");
            return;
        }

        if (Parsed(raw) is not { } body || ModelRules.Wrong(body, Model) is { } wrong && Note(wrong))
        {
            await RefuseAsync(http, _violations.LastOrDefault() == "model_not_found" ? 404 : 400, "invalid_request_error", _violations.LastOrDefault() ?? "not JSON");
            return;
        }

        var question = new ModelQuestion(body, raw);
        _questions.Enqueue(question);
        var reply = _next.TryDequeue(out var next) ? next : Answers(question);
        reply.Before?.Invoke();
        await ReplyAsync(http, reply, question);
    }

    private bool Note(string wrong)
    {
        _violations.Enqueue(wrong);
        return true;
    }

    private static async Task ReplyAsync(HttpContext http, ModelReply reply, ModelQuestion question)
    {
        switch (reply.Conduct)
        {
            case ModelConduct.Fails:
                if (reply.RetryAfter is { } wait)
                    http.Response.Headers.RetryAfter = wait;
                await RefuseAsync(http, reply.StatusCode, reply.Content, $"A fault that the test asked for; the message was {question.Message}");
                return;
            case ModelConduct.IsGone:
                http.Abort();
                return;
            case ModelConduct.ShowsAPage:
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<!doctype html><html><body><h1>Sign in to the proxy</h1></body></html>");
                return;
            case ModelConduct.DoesNotStream:
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(new JsonObject
                {
                    ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["content"] = reply.Content } }),
                }.ToJsonString());
                return;
            case ModelConduct.Hangs:
                await UntilLeftAsync(http, reply.Meanwhile);
                return;
            default:
                await new ModelStream(http).WriteAsync(reply, question);
                return;
        }
    }

    /// <summary>Nothing happens but what the test wants to happen.</summary>
    internal static async Task UntilLeftAsync(HttpContext http, Action? meanwhile)
    {
        while (!http.RequestAborted.IsCancellationRequested)
        {
            meanwhile?.Invoke();
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), http.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static JsonObject? Parsed(string raw)
    {
        try
        {
            return JsonNode.Parse(raw) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", code } });
    }
}

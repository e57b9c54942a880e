using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Agents;

/// <summary>
/// Agents on loopback that say what a test has them say, one for each protocol: stand-ins for the real servers. Behind real servers it is the model that they ask,
/// by OpenAI's protocol, with the same script.
/// </summary>
public sealed partial class FakeAgentServer : IAsyncDisposable
{
    public const string Key = "practice-agent-key-0815";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonElement> _tasks = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeAgentServer(WebApplication app) => _app = app;

    /// <summary>What it answers to a task; nothing that any runbook fits, unless a test says otherwise.</summary>
    public Func<JsonElement, string> Answers { get; set; } = _ => """{"version":1,"runbooks":[],"wishes":[],"runbook":null}""";

    public AgentTrouble Trouble { get; set; }

    /// <summary>How much is too much; LangGraph's development server itself chokes on ten megabytes.</summary>
    public int HugeBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The tasks that it was given, in order.</summary>
    public IReadOnlyList<JsonElement> Tasks => [.. _tasks];

    /// <summary>Each call as it came, such as "POST /crewai/kickoff".</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The header with a key that came last, such as "x-api-key …"; none when none came.</summary>
    public string? KeyGiven { get; private set; }

    public Uri Address => new(_app.Urls.Single() + "/");

    public static async Task<FakeAgentServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var fake = new FakeAgentServer(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>The settings with which the bot reaches it as the agent of a framework.</summary>
    public Dictionary<string, string> Settings(string framework) => Settings(framework, new(Address, framework switch
    {
        "langgraph" or "langchain" => "langgraph/",
        "crewai" => "crewai/",
        _ => "a2a/",
    }));

    /// <summary>The settings with which the bot reaches an agent of a framework at another address.</summary>
    public static Dictionary<string, string> Settings(string framework, Uri address)
    {
        var section = "Agent:" + framework switch
        {
            "langgraph" => "LangGraph",
            "langchain" => "LangChain",
            "crewai" => "CrewAi",
            "autogen" => "AutoGen",
            _ => "SemanticKernel",
        };
        return new() { [section + ":Url"] = address.AbsoluteUri, [section + ":Key"] = Key };
    }

    /// <summary>Ends when it was given a task since the last time this ended, or since the start.</summary>
    public async Task WhenAskedAsync(CancellationToken cancellationToken)
    {
        await _asked.Task.WaitAsync(cancellationToken);
        _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Forgets what it was asked, and what a test told it to say.</summary>
    public void Reset()
    {
        _tasks.Clear();
        _calls.Clear();
        _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Trouble = AgentTrouble.None;
        Answers = _ => """{"version":1,"runbooks":[],"wishes":[],"runbook":null}""";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        _calls.Enqueue($"{http.Request.Method} {path}");
        KeyGiven = http.Request.Headers.Where(h => h.Key.ToLowerInvariant() is "authorization" or "x-api-key").Select(h => $"{h.Key.ToLowerInvariant()} {h.Value}").SingleOrDefault();
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync(http.RequestAborted);
        var sent = body.Length > 0 ? JsonNode.Parse(body) : null;
        await (path.Split('/', 3) switch
        {
            ["", "langgraph", var rest] => LangGraphAsync(http, rest, sent),
            ["", "a2a", var rest] => A2aAsync(http, rest, sent, version: "1.0"),
            ["", "a2a03", var rest] => A2aAsync(http, rest, sent, version: "0.3"),
            ["", "crewai", var rest] => CrewAiAsync(http, rest, sent),
            ["", "v1", "chat/completions"] => ModelAsync(http, sent!),
            _ => RefuseAsync(http, 404),
        });
    }

    private void Take(string task)
    {
        _tasks.Enqueue(JsonElement.Parse(task));
        _asked.TrySetResult();
    }

    private string Answer() => Trouble == AgentTrouble.Huge ? $$"""{"version":1,"runbooks":[],"note":"{{new string('x', HugeBytes)}}"}""" : Answers(_tasks.Last());

    /// <summary>True when the call ended in trouble that is the same in every protocol.</summary>
    private async Task<bool> IsInTroubleAsync(HttpContext http)
    {
        switch (Trouble)
        {
            case AgentTrouble.Hangs:
                // A server that streams has sent its headers by then, so that only the body is missing.
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await GoneAsync(http);
                return true;
            case AgentTrouble.Garbage:
                await http.Response.Body.WriteAsync(new byte[] { 0xff, 0xfe, 0x00, 0x7b, 0x22 }, http.RequestAborted);
                return true;
            case AgentTrouble.HalfCharacters:
                await http.Response.WriteAsync("""{"\ud800\ud800\ud800":1}""", http.RequestAborted);
                return true;
            case AgentTrouble.Endless:
                while (!http.RequestAborted.IsCancellationRequested)
                    await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(new string('\u0001', 4096)), http.RequestAborted);
                return true;
            case AgentTrouble.Dies:
                await http.Response.WriteAsync("""{"version":1,""", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                http.Abort();
                return true;
            case AgentTrouble.Down:
                await RefuseAsync(http, 503);
                return true;
            default:
                return false;
        }
    }

    private static async Task GoneAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static async Task<bool> KnowsAsync(HttpContext http, string header, string value)
    {
        if (http.Request.Headers[header] == value)
            return true;
        http.Response.StatusCode = 401;
        await http.Response.WriteAsync($"{http.Request.Headers[header]} is no key", http.RequestAborted);
        return false;
    }

    private static Task RefuseAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task SayAsync(HttpContext http, JsonNode said, string contentType = "application/json")
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(said.ToJsonString(), http.RequestAborted);
    }
}

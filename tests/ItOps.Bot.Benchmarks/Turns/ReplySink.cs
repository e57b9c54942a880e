using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>Stands in for Slack's Web API: takes what the bots post, and tells who waits for it by the channel that it is posted to.</summary>
internal sealed class ReplySink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();
    private readonly WebApplication _app;
    private long _count;

    public ReplySink(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://127.0.0.1:{port}");
        _app.MapPost("/api/auth.test", () => Json("""{"ok":true,"url":"http://127.0.0.1/","team":"t","user":"itops","team_id":"T0LAB","user_id":"U1","bot_id":"B1"}"""));
        _app.MapPost("/api/chat.postMessage", PostAsync);
    }

    public long Count => Interlocked.Read(ref _count);

    public Task StartAsync() => _app.StartAsync();

    /// <summary>Ask before the message is sent.</summary>
    public Task ReplyTo(string channel) => (_waiting[channel] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PostAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        Interlocked.Increment(ref _count);
        if (_waiting.TryRemove(form["channel"].ToString(), out var waits))
            waits.TrySetResult();
        await Json("""{"ok":true,"channel":"C1","ts":"1700000000.000100","message":{"text":"x"}}""").ExecuteAsync(http);
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");
}

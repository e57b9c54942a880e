using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>
/// Stands in for Slack's Web API, for the Bot Connector and its issuer's keys: takes what the bots post, and tells who waits for it by the
/// channel that it is posted to.
/// </summary>
internal sealed class ReplySink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();
    private readonly WebApplication _app;
    private long _count;

    public ReplySink(int port, TeamsRequest? teams = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://127.0.0.1:{port}");
        _app.MapPost("/api/auth.test", () => Json($$"""{"ok":true,"url":"http://127.0.0.1/","team":"t","user":"itops","team_id":"{{BenchmarkPeople.Team}}","user_id":"U1","bot_id":"B1"}"""));
        _app.MapPost("/api/conversations.open", async http => await Json($$$"""{"ok":true,"channel":{"id":"{{{BenchmarkPeople.SlackConversation(await FieldAsync(http, "users"))}}}"}}""").ExecuteAsync(http));
        _app.MapPost("/api/chat.postMessage", PostAsync);
        _app.MapPost("/v3/conversations/{id}/activities/{replyTo?}", Activity);
        if (teams is null)
            return;
        _app.MapGet("/openid", () => Json($$"""{"issuer":"https://api.botframework.com","jwks_uri":"http://127.0.0.1:{{port}}/keys","id_token_signing_alg_values_supported":["RS256"]}"""));
        _app.MapGet("/keys", () => Json(teams.Keys()));
    }

    public long Count => Interlocked.Read(ref _count);

    public Task StartAsync() => _app.StartAsync();

    /// <summary>Ask before the message is sent.</summary>
    public Task ReplyTo(string channel) => (_waiting[channel] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PostAsync(HttpContext http)
    {
        Arrived(await FieldAsync(http, "channel"));
        await Json("""{"ok":true,"channel":"C1","ts":"1700000000.000100","message":{"text":"x"}}""").ExecuteAsync(http);
    }

    private IResult Activity(string id)
    {
        Arrived(id);
        return Json("""{"id":"1"}""");
    }

    private void Arrived(string channel)
    {
        Interlocked.Increment(ref _count);
        if (_waiting.TryRemove(channel, out var waits))
            waits.TrySetResult();
    }

    /// <summary>Bolt sends forms, ours JSON; Slack takes both.</summary>
    private static async Task<string> FieldAsync(HttpContext http, string name)
    {
        if (http.Request.HasFormContentType)
            return (await http.Request.ReadFormAsync())[name].ToString();
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        return body.RootElement.GetProperty(name).GetString()!;
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");
}

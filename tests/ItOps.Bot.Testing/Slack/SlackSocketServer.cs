using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Slack;

/// <summary>Slack's end of Socket Mode: one-use addresses, hello, envelopes and their acknowledgements, and asking for a new connection.</summary>
public sealed class SlackSocketServer
{
    private readonly FakeSlack _slack;
    private readonly ConcurrentDictionary<string, bool> _tickets = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _waiting = new();
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];
    private Connection? _current;
    private int _connections;

    internal SlackSocketServer(FakeSlack slack) => _slack = slack;

    public bool IsConnected => _current is { Socket.State: WebSocketState.Open };

    /// <summary>How many connections were ever made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Whether a new connection is greeted.</summary>
    public bool Greets { get; set; } = true;

    /// <summary>Completes when as many connections have been made and greeted.</summary>
    public Task WhenConnectedAsync(int times = 1)
    {
        lock (_gate)
        {
            if (_connections >= times)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((times, reached));
            return reached.Task;
        }
    }

    /// <summary>Sends an envelope and waits for its acknowledgement.</summary>
    public async Task<string> DeliverAsync(string type, object payload, string? envelope = null, CancellationToken cancellationToken = default)
    {
        var id = envelope ?? _slack.NextId("env-");
        var acknowledged = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = acknowledged;
        await SendAsync(new { envelope_id = id, type, payload, accepts_response_payload = type != "events_api" });
        return await acknowledged.Task.WaitAsync(cancellationToken);
    }

    public Task AskForNewConnectionAsync(string reason = "refresh_requested") => SendAsync(new { type = "disconnect", reason, debug_info = new { host = "fake" } });

    public Task SendRawAsync(string text) => _current is { } connection
        ? connection.Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None)
        : throw new SlackStoryException("Nobody is connected.");

    /// <summary>The line goes dead.</summary>
    public Task DropAsync()
    {
        _current?.Socket.Abort();
        _current?.Over.TrySetResult();
        return Task.CompletedTask;
    }

    internal string NewAddress()
    {
        var ticket = _slack.NextId("ticket");
        _tickets[ticket] = true;
        return $"ws://{_slack.Address.Authority}/link?ticket={ticket}";
    }

    internal async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !_tickets.TryRemove(http.Request.Query["ticket"].ToString(), out _))
        {
            http.Response.StatusCode = 403;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var connection = new Connection(socket);
        _current = connection;
        if (Greets)
            await SendAsync(new { type = "hello", num_connections = 1, connection_info = new { app_id = "A0FAKE" } });
        Reached();
        await Task.WhenAny(ReadAsync(connection), connection.Over.Task);
    }

    private async Task ReadAsync(Connection connection)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var read = await connection.Socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                    return;
                using var ack = JsonDocument.Parse(buffer.AsMemory(0, read.Count));
                if (_waiting.TryRemove(ack.RootElement.GetProperty("envelope_id").GetString()!, out var waiting))
                    waiting.TrySetResult(ack.RootElement.TryGetProperty("payload", out var payload) ? payload.GetRawText() : "");
            }
        }
        catch (WebSocketException)
        {
            // The other end let go.
        }
    }

    private Task SendAsync(object message) => SendRawAsync(JsonSerializer.Serialize(message));

    private void Reached()
    {
        lock (_gate)
        {
            _connections++;
            foreach (var (_, reached) in _watchers.Where(w => w.Count <= _connections))
                reached.TrySetResult();
            _watchers.RemoveAll(w => w.Count <= _connections);
        }
    }

    private sealed record Connection(WebSocket Socket)
    {
        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

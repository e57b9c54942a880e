using System.Net.WebSockets;
using System.Text.Json;
using ItOps.Bot.Channels.Slack.Access;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Inbound;
using ItOps.Bot.Replies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels.Slack.Socket;

/// <summary>
/// Socket Mode: a connection that we open and over which Slack delivers. Each envelope is stored before it is acknowledged; what is not acknowledged, Slack sends
/// again. The connection is made anew whenever it ends: at once when Slack says so, and more and more slowly when it fails.
/// </summary>
internal sealed class SlackSocket(SlackClient client, SlackIntake intake, SlackAccess access, TimeProvider time, ILogger<SlackSocket> log) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Slack pings every half minute or so, and the runtime answers; when our own pings stay unanswered the connection is dead.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(20);

    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        access.SocketIs("Socket Mode is not connected yet");
        while (!stoppingToken.IsCancellationRequested)
        {
            var end = await ConnectAsync(stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;
            access.SocketIs($"Socket Mode is not connected: {end.Why}");
            if (end.AtOnce)
                continue;
            var wait = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures++), LongestWait.TotalSeconds));
            log.LogWarning("Socket Mode is not connected, {Why}; next attempt in {Wait}", end.Why, wait);
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Lives as long as one connection.</summary>
    private async Task<SocketEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri((await client.OpenSocketAsync(cancellationToken)).Reveal());
            if (!(address.Scheme == "wss" || (address.Scheme == "ws" && address.IsLoopback)))
                return new("Slack named an address that is not wss");
            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = Ping;
            socket.Options.KeepAliveTimeout = Ping;
            await socket.ConnectAsync(address, cancellationToken);
            return await ReceiveAsync(new(socket), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new("the bot is stopping");
        }
        catch (DeliveryException e)
        {
            return new(e.Message);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or UriFormatException or OperationCanceledException)
        {
            return new($"the connection broke ({e.GetType().Name})");
        }
    }

    private async Task<SocketEnd> ReceiveAsync(SocketMessages messages, CancellationToken cancellationToken)
    {
        var greeted = false;
        while (true)
        {
            var (isOpen, text) = await messages.NextAsync(cancellationToken);
            if (!isOpen)
                return new("Slack closed the connection");
            if (text is null || Read(text) is not { } envelope)
            {
                log.LogWarning("A message of Socket Mode was too long or not JSON, and is left");
                continue;
            }

            switch (envelope.Type)
            {
                case "hello":
                    (_failures, greeted) = (0, true);
                    access.SocketIs(null);
                    break;
                case "disconnect" when envelope.Reason == "link_disabled":
                    return new("Socket Mode is turned off on the app's page (or remove Channels:Slack:AppToken to use HTTP)");
                case "disconnect":
                    return new("Slack asked for a new connection", AtOnce: greeted);
                default:
                    await TakeAsync(messages, envelope, cancellationToken);
                    break;
            }
        }
    }

    private async Task TakeAsync(SocketMessages messages, SlackEnvelope envelope, CancellationToken cancellationToken)
    {
        SlackDeliveryKind? kind = envelope.Type switch
        {
            "slash_commands" => SlackDeliveryKind.Command,
            "interactive" => SlackDeliveryKind.Interaction,
            "events_api" => SlackDeliveryKind.Event,
            _ => null,
        };
        if (kind is null || envelope is not { EnvelopeId: { Length: > 0 } id, Payload: { ValueKind: JsonValueKind.Object } payload })
            return;
        var answer = await AnswerAsync(kind.Value, payload, id, cancellationToken);

        // What cannot be read is acknowledged all the same: it would not be better the second time.
        if (answer.Status < 500)
            await messages.SendAsync(new SlackEnvelopeAck(id) { Payload = PayloadOf(envelope, answer) }, cancellationToken);
    }

    private async Task<SlackAnswer> AnswerAsync(SlackDeliveryKind kind, JsonElement payload, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await intake.TakeAsync(kind, payload, id, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError(e, "A {Kind} of Socket Mode was not taken in", kind);
            return SlackAnswer.TryAgain;
        }
    }

    private static JsonElement? PayloadOf(SlackEnvelope envelope, SlackAnswer answer)
    {
        if (envelope.AcceptsResponsePayload != true || answer.Body is not { } body || answer.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            return null;
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    private static SlackEnvelope? Read(byte[] text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, SlackJson.Default.SlackEnvelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record SocketEnd(string Why, bool AtOnce = false);
}

using System.Net.WebSockets;
using System.Text.Json;
using ItOps.Bot.Channels.Slack.Blocks;

namespace ItOps.Bot.Channels.Slack.Socket;

/// <summary>Whole text messages over one connection.</summary>
internal sealed class SocketMessages(ClientWebSocket socket)
{
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>The next message; without text when it was longer than anything Slack sends.</summary>
    public async Task<(bool IsOpen, byte[]? Text)> NextAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        var tooLong = false;
        while (true)
        {
            if (read == _buffer.Length && _buffer.Length < SlackLimits.Body)
                Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, SlackLimits.Body));
            if (read == _buffer.Length)
                (read, tooLong) = (0, true);
            var part = await socket.ReceiveAsync(_buffer.AsMemory(read), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return (false, null);
            read += part.Count;
            if (part.EndOfMessage)
                return (true, tooLong ? null : _buffer[..read]);
        }
    }

    public Task SendAsync(SlackEnvelopeAck ack, CancellationToken cancellationToken) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(ack, SlackJson.Default.SlackEnvelopeAck), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}

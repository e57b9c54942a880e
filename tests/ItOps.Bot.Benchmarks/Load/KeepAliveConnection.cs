using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>One connection that sends a request, reads the whole answer, and stays open. As much of HTTP/1.1 as is needed here.</summary>
internal sealed class KeepAliveConnection : IDisposable
{
    private static readonly byte[] s_endOfHead = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_lastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];

    public Task ConnectAsync(int port) => _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <exception cref="InvalidOperationException">The answer is not a 200.</exception>
    public async Task SendAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var (read, head) = (0, -1);
        while (head < 0)
        {
            read += await ReceiveAsync(read);
            head = _buffer.AsSpan(0, read).IndexOf(s_endOfHead);
        }

        var words = Encoding.ASCII.GetString(_buffer, 0, head);
        if (!words.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidOperationException($"refused: {words.Split("\r\n")[0]}");
        var body = head + s_endOfHead.Length;
        if (words.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (!_buffer.AsSpan(body, read - body).EndsWith(s_lastChunk))
                read += await ReceiveAsync(read);
            return;
        }

        var whole = body + LengthOfBody(words);
        while (read < whole)
            read += await ReceiveAsync(read);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(int at) =>
        await _socket.ReceiveAsync(_buffer.AsMemory(at)) is > 0 and var received ? received : throw new InvalidOperationException("the connection was closed");

    private static int LengthOfBody(string head)
    {
        const string Name = "\r\ncontent-length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            throw new InvalidOperationException("an answer without Content-Length");
        var value = head.AsSpan(at + Name.Length);
        var end = value.IndexOf('\r');
        return int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}

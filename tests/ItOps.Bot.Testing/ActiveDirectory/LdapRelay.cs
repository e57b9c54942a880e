using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ItOps.Bot.Testing.ActiveDirectory;

/// <summary>A wire between the bot and a domain controller that can be cut: before a request gets through, or before its answer does.</summary>
public sealed class LdapRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly ConcurrentDictionary<Socket, Socket> _lines = new();
    private readonly Task _accepting;
    private readonly MemoryStream _sent = new();
    private int _requests;
    private int _untilMute;
    private volatile bool _isMute;
    private volatile bool _isDown;

    public LdapRelay(IPAddress server, int port)
    {
        _server = new(server, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public int Accepted { get; private set; }

    /// <summary>Writes of the bot so far; over a connection that stands, each is one request.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Awaited when the domain controller has sent something, before it goes on to the bot.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    /// <summary>What the bot has sent so far, as it went over the wire.</summary>
    public byte[] Sent
    {
        get
        {
            lock (_sent)
                return _sent.ToArray();
        }
    }

    /// <summary>Of the requests from now on, this one gets through, and instead of its answer the connection ends. A request is one write, and waits for its answer.</summary>
    public void SwallowAnswerTo(int request) => Volatile.Write(ref _untilMute, request);

    /// <summary>Nobody is let through until <see cref="Mend"/>.</summary>
    public void GoDown()
    {
        _isDown = true;
        Cut();
    }

    public void Mend()
    {
        Volatile.Write(ref _untilMute, 0);
        (_isMute, _isDown) = (false, false);
    }

    /// <summary>Ends all connections, as a server does with those that lay idle.</summary>
    public void Cut()
    {
        foreach (var (client, server) in _lines)
        {
            client.Dispose();
            server.Dispose();
        }

        _lines.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await _accepting;
        await _sent.DisposeAsync();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            Accepted++;
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                if (_isDown)
                    return;
                await server.ConnectAsync(_server);
                _lines[client] = server;
                await await Task.WhenAny(CopyAsync(client, server, isAnswer: false), CopyAsync(server, client, isAnswer: true));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The line was cut.
            }
            finally
            {
                _lines.TryRemove(client, out _);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[16384];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            if (isAnswer && _isMute)
                return;
            if (isAnswer && BeforeAnswer is { } hold)
                await hold();
            if (!isAnswer)
            {
                lock (_sent)
                    _sent.Write(buffer, 0, count);
                Interlocked.Increment(ref _requests);
                if (Volatile.Read(ref _untilMute) > 0 && Interlocked.Decrement(ref _untilMute) == 0)
                    _isMute = true;
            }

            await to.SendAsync(buffer.AsMemory(0, count));
        }
    }
}

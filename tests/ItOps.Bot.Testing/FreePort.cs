using System.Net;
using System.Net.Sockets;

namespace ItOps.Bot.Testing;

/// <summary>
/// For servers that take no port 0. Below those that the kernel gives to connections: between the choice and the start of the server nobody is given it by chance.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int s_chosen = Random.Shared.Next(Count);

    /// <summary>One that nobody listens on now, and that was not chosen before.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + Interlocked.Increment(ref s_chosen) % Count;
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"Somebody listens on every port from {First} to {First + Count - 1}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

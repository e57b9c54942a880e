using System.Net;
using System.Net.Sockets;

namespace ItOps.Bot.Benchmarks.Measuring;

internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

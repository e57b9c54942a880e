using System.Net;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.SignIn;

/// <summary>
/// Whether somebody at this very computer asks. The Host header is checked too: a page elsewhere can point its own name at 127.0.0.1 (DNS rebinding),
/// and whatever a proxy forwarded came from elsewhere.
/// </summary>
internal static class Loopback
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    public static bool IsFrom(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && (http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]")
        && !ForwardingHeaders.Any(http.Request.Headers.ContainsKey);
}

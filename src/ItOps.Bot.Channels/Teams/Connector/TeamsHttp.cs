using System.Net;

namespace ItOps.Bot.Channels.Teams.Connector;

/// <summary>The connections to the platform: nothing is followed elsewhere, nothing is remembered between requests.</summary>
internal sealed class TeamsHttp(TeamsOptions options) : IDisposable
{
    private const int LongestAnswer = 1024 * 1024;

    public HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
    })
    {
        Timeout = options.SendTimeOut,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public void Dispose() => Client.Dispose();
}

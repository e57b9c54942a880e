using ItOps.Bot.Executors.Entra.Tokens;
using ItOps.Bot.Executors.Http;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;

namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>
/// Graph's client over our own connections: the handlers that it would bring itself wait by the computer's clock, follow redirects, and repeat what has no answer.
/// </summary>
internal sealed class GraphConnection : IDisposable
{
    private readonly HttpClient _http;

    public GraphConnection(EntraOptions options, EntraToken token, GraphClock clock, TimeProvider time)
    {
        var patient = new PatientHandler("Microsoft Graph", options.TimeOut, time, PatientHandler.Connections());
        _http = new(new GraphHandler(options, token, clock, patient)) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), options.Graph.AbsoluteUri.TrimEnd('/'));
    }

    public GraphServiceClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
    }
}

namespace ItOps.Bot.Executors.Entra.Tokens;

/// <summary>Sends what is meant for https on this computer over http, which Azure.Identity itself refuses; goes nowhere else.</summary>
internal sealed class PlainLoopback() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsLoopback: true } address)
            throw new InvalidOperationException($"{request.RequestUri} is not on this computer.");
        request.RequestUri = new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Port = address.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}

using System.Net;
using System.Net.Http.Headers;
using ItOps.Bot.Executors.Entra.Tokens;
using ItOps.Bot.Executors.Http;

namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>Puts the bot's token on requests to Graph and on no others, and listens to Graph's clock.</summary>
internal sealed class GraphHandler(EntraOptions options, EntraToken token, GraphClock clock, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The address of a next page comes from an answer.
        if (request.RequestUri is not { } address || address.Scheme != options.Graph.Scheme || address.Authority != options.Graph.Authority)
            throw new NotSentException($"{request.RequestUri?.Authority} is not {options.Graph.Authority}, which alone may see the bot's token.");

        var used = await token.GetAsync(cancellationToken);
        var answer = await SendAsync(request, used, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
            return answer;
        await token.ForgetAsync(used, cancellationToken);
        var fresh = await token.GetAsync(cancellationToken);
        if (fresh == used)
            return answer;
        answer.Dispose();
        return await SendAsync(request, fresh, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string bearer, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        var answer = await base.SendAsync(request, cancellationToken);
        clock.Heard(answer.Headers.Date);
        return answer;
    }
}

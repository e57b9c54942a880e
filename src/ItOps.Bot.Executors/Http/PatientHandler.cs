using System.Net;

namespace ItOps.Bot.Executors.Http;

/// <summary>
/// Waits as long as a busy system asks for, and tells what never left from what has no answer. Nothing else is repeated: whether a call may be made again is for
/// the runner to say.
/// </summary>
internal sealed class PatientHandler(string system, TimeSpan timeOut, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public const int Tries = 4;

    /// <summary>Who asks for more is away, as far as a step of two minutes is concerned.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private const int LongestAnswer = 8 * 1024 * 1024;

    /// <summary>Connections on which nothing is followed elsewhere and nothing is remembered between requests.</summary>
    public static HttpMessageHandler Connections() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version11;

        // .NET itself repeats a request without content when a kept connection turns out to be closed, although the other side may have acted on it.
        if (request.Method != HttpMethod.Get)
            request.Content ??= new ByteArrayContent([]);
        if (request.Content is { } content)
            await content.LoadIntoBufferAsync(cancellationToken);

        for (var attempt = 1; ; attempt++)
        {
            var answer = await OnceAsync(request, cancellationToken);
            if (attempt == Tries || WaitFor(answer, attempt) is not { } wait || wait > LongestWait)
                return answer;
            answer.Dispose();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> OnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeOut);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, patience.Token);
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, patience.Token);
            return answer;
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new NotSentException($"{system} was not reached at {request.RequestUri?.Authority} ({FirstLine(e.Message)}).", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            answer?.Dispose();
            var why = e is OperationCanceledException ? $"within {timeOut.TotalSeconds:F0} s" : $"({FirstLine(e.Message)})";
            throw new UnansweredException($"{system} gave no answer {why}.", e);
        }
    }

    /// <summary>How long a busy system wants to be left alone; none when it is not busy.</summary>
    private TimeSpan? WaitFor(HttpResponseMessage answer, int attempt)
    {
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return answer.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => Positive(asked ?? TimeSpan.FromSeconds(1 << (attempt - 1))),
            HttpStatusCode.ServiceUnavailable when asked is { } wait => Positive(wait),
            _ => null,
        };
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim().TrimEnd('.');
}

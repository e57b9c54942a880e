using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>One exchange with the server: sent, read to its end within a time and a size, and every failure the same exception.</summary>
internal sealed class ChromaConnection : IDisposable
{
    // A question's answer has some ten thousand bytes, a page of the manifest some hundred thousand.
    private const int LargestAnswer = 4 * 1024 * 1024;
    private const int LongestMessage = 200;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { MaxDepth = 16 };

    private readonly HttpClient _http;

    public ChromaConnection(ChromaOptions options)
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10), ConnectTimeout = TimeSpan.FromSeconds(2) })
        {
            BaseAddress = new(options.Url, "api/v2/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options is { Token: { } token, TokenHeader: "Authorization" })
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        else if (options.Token is { } other)
            _http.DefaultRequestHeaders.Add(options.TokenHeader, other.Reveal());
    }

    /// <param name="body">None for a request without one.</param>
    /// <param name="timeOut">From the request to the last byte of the answer, by the computer's own clock.</param>
    /// <returns>None when the answer is not of interest.</returns>
    /// <exception cref="ChromaException">It did not work out, whatever the reason.</exception>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, TimeSpan timeOut, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeOut);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = JsonContent.Create(body, options: s_json);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var answer = await ReadAsync(response, limit.Token);
            if (!response.IsSuccessStatusCode)
                throw Failure(response.StatusCode, answer);
            return JsonSerializer.Deserialize<T>(answer, s_json) ?? throw new ChromaException(ChromaFault.Nonsense, $"{_http.BaseAddress} answered {method} {path} with nothing.");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChromaException(ChromaFault.TimedOut, FormattableString.Invariant($"{_http.BaseAddress} did not answer within {timeOut.TotalMilliseconds:0} ms."), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ChromaException(ChromaFault.Away, $"{_http.BaseAddress} does not answer ({e.Message}).", e);
        }
        catch (JsonException e)
        {
            throw new ChromaException(ChromaFault.Nonsense, $"{_http.BaseAddress} answered {method} {path} with something that is not Chroma's.", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > LargestAnswer)
                throw new ChromaException(ChromaFault.Nonsense, FormattableString.Invariant($"The answer has more than {LargestAnswer} bytes."));
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static ChromaException Failure(HttpStatusCode status, byte[] answer)
    {
        var said = Said(answer);
        var fault = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ChromaFault.Refused,
            HttpStatusCode.NotFound => ChromaFault.Missing,
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => ChromaFault.Away,
            _ => ChromaFault.Rejected,
        };
        return new(fault, FormattableString.Invariant($"Chroma answered {(int)status}{(said.Length == 0 ? "" : $" ({said})")}."));
    }

    private static string Said(byte[] answer)
    {
        try
        {
            var said = JsonSerializer.Deserialize<ErrorAnswer>(answer, s_json) is { } error ? error.Message ?? error.Error ?? "" : "";
            var shown = new string([.. said.Where(c => !char.IsControl(c)).Take(LongestMessage)]);
            return shown;
        }
        catch (JsonException)
        {
            return "";
        }
    }
}

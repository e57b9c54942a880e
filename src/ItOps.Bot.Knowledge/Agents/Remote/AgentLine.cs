using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using Polly;
using Polly.CircuitBreaker;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>
/// The way to one agent. However it fails, that ends in <see cref="AgentFailedException"/>, in bounded time and memory; one that keeps failing is left alone for a
/// while, so that nobody waits for it. What the other side said stands in no message: it may hold the key, or a person's words.
/// </summary>
internal sealed class AgentLine : IDisposable
{
    /// <summary>An answer, with what its protocol wraps around it.</summary>
    public const int LargestBody = 256 * 1024;

    public static readonly TimeSpan LeftAloneFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_beforeAnotherTry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly RemoteAgentOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _breaker;
    private readonly CircuitBreakerStateProvider _state = new();

    public AgentLine(RemoteAgentOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = options.Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options.KeyValue is { } key)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(options.KeyHeader, key);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // What one message can bring about must not count, or somebody could take the agent from everybody.
                ShouldHandle = new PredicateBuilder().Handle<AgentFailedException>(e => e.Failure is AgentFailure.Away or AgentFailure.TimedOut or AgentFailure.Refused),
                FailureRatio = 0.5,
                MinimumThroughput = 3,
                SamplingDuration = TimeSpan.FromMinutes(1),
                BreakDuration = LeftAloneFor,
                StateProvider = _state,
            })
            .Build();
    }

    public RemoteAgentOptions Options => _options;

    /// <summary>As far as is known without asking.</summary>
    public bool IsLeftAlone => _state.CircuitState is CircuitState.Open or CircuitState.Isolated;

    public void Dispose() => _http.Dispose();

    /// <summary>One question with all calls that it takes, within one time-out; not even begun while the agent is left alone.</summary>
    public async Task<T> ExchangeAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        try
        {
            return await _breaker.ExecuteAsync(async stop => await TryAsync(exchange, stop), cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            throw new AgentFailedException(AgentFailure.Away, $"It failed several times in a row and is left alone for {LeftAloneFor.TotalSeconds:F0} s.", e);
        }
    }

    /// <summary>The same, whether or not it is left alone, and without counting.</summary>
    public async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.TimeOut, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await exchange(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw patience.IsCancellationRequested
                ? new AgentFailedException(AgentFailure.TimedOut, $"It was not done within {_options.TimeOut.TotalSeconds:F0} s.", e)
                : new AgentFailedException(AgentFailure.Away, "It does not take connections.", e);
        }
        catch (HttpRequestException e)
        {
            throw new AgentFailedException(AgentFailure.Away, $"It was not reached, or broke off ({e.HttpRequestError}).", e);
        }
        catch (IOException e)
        {
            throw new AgentFailedException(AgentFailure.Away, "It broke off in the middle of its answer.", e);
        }
        catch (Exception e) when (e is not (AgentFailedException or OperationCanceledException))
        {
            // JSON has more ways to be unreadable than its reader has exceptions for; none of them may reach a person's turn.
            throw new AgentFailedException(AgentFailure.Nonsense, $"What it answered cannot be read ({e.GetType().Name}).", e);
        }
    }

    /// <param name="address">Relative to the agent's own, or within the same origin.</param>
    /// <param name="begun">Sees the headers before the body is there.</param>
    /// <exception cref="AgentFailedException">It said no, or too much.</exception>
    public async Task<AgentReply> SendAsync(
        HttpMethod method, Uri address, JsonObject? body, CancellationToken cancellationToken, Action<HttpContentHeaders>? begun = null, (string Name, string Value)? header = null)
    {
        using var response = await ReachAsync(method, address, body, header, cancellationToken);
        begun?.Invoke(response.Content.Headers);
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new(response.StatusCode, await ReadAsync(response.Content, cancellationToken)),
            401 or 403 => throw new AgentFailedException(AgentFailure.Refused, $"It answered {status}: {_options.Section}:Key is missing, wrong or without the right."),
            429 => throw new AgentFailedException(AgentFailure.Refused, "It answered 429: it was asked too often."),
            >= 300 and < 400 => throw new AgentFailedException(AgentFailure.Refused, $"It answered {status}: redirects are not followed; {_options.Section}:Url must be the address itself."),
            >= 500 => throw new AgentFailedException(AgentFailure.Away, $"It answered {status}."),
            _ => throw new AgentFailedException(AgentFailure.Failed, $"It answered {status} to {method} {_options.Url.MakeRelativeUri(new(_options.Url, address))}."),
        };
    }

    /// <summary>Lets it know that nobody waits any more; the person least of all, so this returns before it is said.</summary>
    public void SayFarewell(Uri address, JsonObject? body, (string Name, string Value)? header = null)
    {
        _ = SayAsync();

        async Task SayAsync()
        {
            using var patience = new CancellationTokenSource(s_farewell, _time);
            try
            {
                using var response = await ReachAsync(HttpMethod.Post, address, body ?? [], header, patience.Token);
            }
            catch (Exception)
            {
                // Whether it heard, and why not, makes no difference to anybody: the failure was already told.
            }
        }
    }

    public Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, _time, cancellationToken);

    /// <summary>A connection that was refused carried nothing, so that it can be tried once more: an agent that is just being restarted is there again at once.</summary>
    private async Task<HttpResponseMessage> ReachAsync(HttpMethod method, Uri address, JsonObject? body, (string Name, string Value)? header, CancellationToken cancellationToken)
    {
        try
        {
            return await SendOnceAsync(method, address, body, header, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            await WaitAsync(s_beforeAnotherTry, cancellationToken);
            return await SendOnceAsync(method, address, body, header, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, Uri address, JsonObject? body, (string Name, string Value)? header, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Version = HttpVersion.Version11 };
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (header is var (name, value))
            request.Headers.Add(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > LargestBody)
            throw TooBig();
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
                return body.WrittenSpan.ToArray();
            body.Advance(read);
            if (body.WrittenCount > LargestBody)
                throw TooBig();
        }
    }

    private static AgentFailedException TooBig() => new(AgentFailure.TooBig, $"It answered more than {LargestBody / 1024} KB.");
}

using System.ClientModel;
using System.ClientModel.Primitives;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Llm;
using Microsoft.Extensions.Logging;
using OpenAI.Embeddings;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ItOps.Bot.Knowledge.Embeddings;

/// <summary>Vectors of an OpenAI-compatible endpoint: OpenAI, Azure OpenAI, Ollama, vLLM. What it is sent: the texts of runbooks, and what people ask, without what looks like a secret.</summary>
internal sealed class EndpointEmbedder : IEmbedder, IDisposable
{
    private const int TextsAtOnce = 64;

    private static readonly TimeSpan s_documents = TimeSpan.FromSeconds(60);

    private readonly LlmOptions _options;
    private readonly TimeSpan _questionTimeOut;
    private readonly HttpClient _http;
    private readonly EmbeddingClient _client;
    private readonly ResiliencePipeline _questions;
    private readonly ResiliencePipeline _documents;
    private int _dimensions;

    /// <param name="questionTimeOut">How long a turn waits, by the computer's own clock.</param>
    public EndpointEmbedder(LlmOptions options, TimeSpan questionTimeOut, TimeProvider time, ILogger<EndpointEmbedder> log)
    {
        (_options, _questionTimeOut) = (options, questionTimeOut);
        _http = new(new BoundedAnswers(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new(Model, LlmConnection.Credential(options), LlmConnection.ClientOptions(options, Model, new HttpClientPipelineTransport(_http)));

        // What one message can bring about must not count, or somebody could take the embeddings from everybody; and it stays what it is when tried again.
        var failed = new PredicateBuilder().Handle<EmbeddingFailedException>(e => !e.IsOfText);
        _questions = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = failed,
            FailureRatio = 0.5,
            MinimumThroughput = 3,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(10),
            OnOpened = opened =>
            {
                log.LogWarning("Embeddings are away ({Reason}); the embedded ranking answers alone", opened.Outcome.Exception?.Message);
                return default;
            },
        }).Build();
        _documents = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = failed,
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(500),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        }).Build();
    }

    public string Model => _options.EmbeddingModel!;

    public string Version => "1";

    public int? Dimensions => Volatile.Read(ref _dimensions) is > 0 and var known ? known : null;

    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingUse use, CancellationToken cancellationToken)
    {
        var (pipeline, timeOut) = use == EmbeddingUse.Question ? (_questions, _questionTimeOut) : (_documents, s_documents);
        var vectors = new List<float[]>(texts.Count);
        foreach (var some in texts.Select(t => PromptText.Of(t).Text).Chunk(TextsAtOnce))
        {
            try
            {
                vectors.AddRange(await pipeline.ExecuteAsync(async token => await AskAsync(some, timeOut, token), cancellationToken));
            }
            catch (BrokenCircuitException e)
            {
                throw new EmbeddingFailedException("Embeddings were away a moment ago and are not asked for again yet.", e);
            }
        }

        return vectors;
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<float[]>> AskAsync(string[] texts, TimeSpan timeOut, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeOut);
        try
        {
            OpenAIEmbeddingCollection answer = await _client.GenerateEmbeddingsAsync(texts, cancellationToken: limit.Token);
            var vectors = answer.OrderBy(e => e.Index).Select(e => OfLengthOne(e.ToFloats().ToArray())).ToList();
            if (vectors.Count != texts.Length || vectors[0].Length == 0 || vectors.Exists(v => v.Length != vectors[0].Length))
                throw new EmbeddingFailedException($"{_options.Endpoint} gave other vectors than were asked for.");
            Volatile.Write(ref _dimensions, vectors[0].Length);
            return vectors;
        }
        catch (ClientResultException e) when (e.Status > 0)
        {
            throw new EmbeddingFailedException(FormattableString.Invariant($"{_options.Endpoint} answered {e.Status} when asked for embeddings of {Model}."), e) { IsOfText = e.Status is 400 or 413 or 422 };
        }
        catch (Exception e) when (e is not EmbeddingFailedException && !cancellationToken.IsCancellationRequested)
        {
            // The SDK has an exception for each way in which an answer cannot be read; nothing was changed by asking.
            throw new EmbeddingFailedException(limit.IsCancellationRequested
                ? FormattableString.Invariant($"{_options.Endpoint} did not answer within {timeOut.TotalMilliseconds} ms.")
                : $"{_options.Endpoint} does not answer as an endpoint for embeddings does.", e);
        }
    }

    private static float[] OfLengthOne(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(v => (double)v * v));
        return length > 0 && double.IsFinite(length) ? Array.ConvertAll(vector, v => (float)(v / length)) : throw new EmbeddingFailedException("A vector has no direction.");
    }
}

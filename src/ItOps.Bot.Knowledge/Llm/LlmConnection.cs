using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// The official SDK's client, with nothing that it would do by itself: time-outs, retries and limits are those of <see cref="ModelCalls"/>, and nothing of a
/// request is logged.
/// </summary>
internal sealed class LlmConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClientPipelineTransport _transport;

    public LlmConnection(LlmOptions options)
        : this(options, new SocketsHttpHandler
        {
            // A redirect would carry the key, and what people wrote, to somewhere else.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
    {
    }

    internal LlmConnection(LlmOptions options, HttpMessageHandler network)
    {
        _http = new(network) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new(_http);
        if (options.ChatModel is { } model)
            Chat = new(model, Credential(options), ClientOptions(options, model, _transport));
    }

    /// <summary>None when no chat model is configured.</summary>
    public ChatClient? Chat { get; }

    public static OpenAIClientOptions ClientOptions(LlmOptions options, string model, PipelineTransport transport)
    {
        var client = new OpenAIClientOptions
        {
            Endpoint = options.ApiVersion is null ? options.Endpoint : new(options.Endpoint, $"openai/deployments/{Uri.EscapeDataString(model)}"),
            Transport = transport,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new() { EnableLogging = false, EnableMessageLogging = false, EnableMessageContentLogging = false },
        };
        client.AddPolicy(new ProviderPolicy(options), PipelinePosition.BeforeTransport);
        return client;
    }

    /// <summary>The SDK wants one in any case; where there is none, <see cref="ProviderPolicy"/> sees to it that nothing is sent.</summary>
    public static ApiKeyCredential Credential(LlmOptions options) => new(options.ApiKey?.Reveal() ?? "none");

    public void Dispose()
    {
        _transport.Dispose();
        _http.Dispose();
    }

    /// <summary>Carries the key, and forms the address, as the provider wants it.</summary>
    private sealed class ProviderPolicy(LlmOptions options) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Change(message.Request);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Change(message.Request);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }

        private void Change(PipelineRequest request)
        {
            if (options.ApiKey is null || options.Provider == LlmProvider.Azure)
                request.Headers.Remove("Authorization");
            if (options is { Provider: LlmProvider.Azure, ApiKey: { } key })
                request.Headers.Set("api-key", key.Reveal());
            if (options.ApiVersion is { } version)
                request.Uri = new UriBuilder(request.Uri!) { Query = $"api-version={Uri.EscapeDataString(version)}" }.Uri;
        }
    }
}

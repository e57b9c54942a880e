using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>An endpoint that speaks OpenAI's protocol, and what may be asked of it; <c>Knowledge:Llm</c>.</summary>
internal sealed record LlmOptions
{
    public const string Path = "Knowledge:Llm";

    /// <summary>Ends in a slash: <c>https://api.openai.com/v1/</c>.</summary>
    public required Uri Endpoint { get; init; }

    public LlmProvider Provider { get; init; }

    /// <summary>With Azure's older form of address, which names the deployment; none for every other.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>None where the endpoint wants none, as Ollama does.</summary>
    public Secret<string>? ApiKey { get; init; }

    /// <summary>None when the endpoint is there for embeddings alone.</summary>
    public string? ChatModel { get; init; }

    public string? EmbeddingModel { get; init; }

    public AnswerFormat AnswerFormat { get; init; }

    /// <summary>None where a model takes none.</summary>
    public double? Temperature { get; init; } = 0;

    /// <summary>For one answer, with every further try and all of its body.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an answer that has begun may say nothing.</summary>
    public TimeSpan IdleTimeOut { get; init; } = TimeSpan.FromSeconds(10);

    public int AnswerTokens { get; init; } = 1_500;

    public long TokensPerPersonPerDay { get; init; } = 50_000;

    public long TokensPerDay { get; init; } = 2_000_000;

    /// <summary>In whatever currency the operator reckons.</summary>
    public double PricePerMillionInput { get; init; }

    public double PricePerMillionOutput { get; init; }

    /// <summary>None when no endpoint is configured.</summary>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static LlmOptions? From(IConfigurationSection section)
    {
        var settings = new SettingsReader(section);
        if (settings.Optional("Endpoint") is null)
        {
            return (settings.Optional("ChatModel") ?? settings.Optional("EmbeddingModel")) is { } model
                ? throw settings.Wrong("Endpoint", $"is missing, and '{model}' is to be asked somewhere; see docs/models.md")
                : null;
        }

        var options = new LlmOptions
        {
            Endpoint = settings.Address("Endpoint", "https://api.openai.com/v1", "what people write, and the key,"),
            Provider = settings.OneOf("Provider", LlmProvider.OpenAi),
            ApiVersion = settings.Optional("ApiVersion"),
            ApiKey = settings.Key("ApiKey"),
            ChatModel = settings.Optional("ChatModel"),
            EmbeddingModel = settings.Optional("EmbeddingModel"),
            AnswerFormat = settings.OneOf("AnswerFormat", AnswerFormat.Schema),
            Temperature = settings.Optional("Temperature") == "none" ? null : settings.Number("Temperature", otherwise: 0, atMost: 2),
            TimeOut = TimeSpan.FromSeconds(settings.Number("TimeOutSeconds", otherwise: 20, atMost: 100, atLeast: 1)),
            IdleTimeOut = TimeSpan.FromSeconds(settings.Number("IdleSeconds", otherwise: 10, atMost: 100, atLeast: 1)),
            AnswerTokens = (int)settings.Number("AnswerTokens", otherwise: 1_500, atMost: 16_000, atLeast: 100),
            TokensPerPersonPerDay = (long)settings.Number("TokensPerPersonPerDay", otherwise: 50_000, atMost: 1e12),
            TokensPerDay = (long)settings.Number("TokensPerDay", otherwise: 2_000_000, atMost: 1e12),
            PricePerMillionInput = settings.Number("PricePerMillionInput", otherwise: 0, atMost: 1e6),
            PricePerMillionOutput = settings.Number("PricePerMillionOutput", otherwise: 0, atMost: 1e6),
        };
        if (options.ChatModel is null && options.EmbeddingModel is null)
            throw settings.Wrong("ChatModel", $"is missing: {Path}:Endpoint is set, and no model is named");
        if (options.ApiVersion is not null && options.Provider != LlmProvider.Azure)
            throw settings.Wrong("ApiVersion", $"is set, which only Azure knows; set {Path}:Provider to azure, or leave it out");
        if (options.ApiKey is null && options.Provider == LlmProvider.Azure)
            throw settings.Wrong("ApiKey", "is missing; Azure OpenAI is called with a key, signing in with an identity of Entra ID is not offered");
        return options;
    }
}

/// <summary>How the key is carried, and the address formed.</summary>
internal enum LlmProvider
{
    /// <summary>OpenAI and all that took over its protocol: Ollama, vLLM and others.</summary>
    OpenAi,

    /// <summary>Azure OpenAI: the key in a header of its own.</summary>
    Azure,
}

internal enum AnswerFormat
{
    /// <summary>The endpoint holds answers to a JSON schema.</summary>
    Schema,

    /// <summary>The endpoint knows only that an answer is JSON; the schema stands in the prompt.</summary>
    Json,
}

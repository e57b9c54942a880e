using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Embeddings;

/// <summary>An OpenAI-compatible endpoint that makes vectors of texts.</summary>
public sealed record EmbeddingOptions
{
    public required Uri Endpoint { get; init; }

    /// <summary>None where the endpoint asks for none, as Ollama does.</summary>
    public Secret<string>? ApiKey { get; init; }

    public required string Model { get; init; }

    /// <summary>How long a turn waits for the vector of its question, by the computer's own clock.</summary>
    public required TimeSpan QuestionTimeOut { get; init; }

    /// <param name="llm">The section <c>Knowledge:Llm</c>.</param>
    /// <returns>None when no model for embeddings is named.</returns>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static EmbeddingOptions? From(IConfigurationSection llm, TimeSpan questionTimeOut)
    {
        if (llm["EmbeddingModel"] is not { Length: > 0 } model)
            return null;
        return new()
        {
            Endpoint = llm["Endpoint"] switch
            {
                null or "" => throw new SettingException($"{llm.Path}:Endpoint is missing; {llm.Path}:EmbeddingModel needs the address of an OpenAI-compatible endpoint, such as https://api.openai.com/v1."),
                var text when Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true } || (url.Scheme == "http" && string.IsNullOrEmpty(llm["ApiKey"]))) => url,
                var text => throw new SettingException($"{llm.Path}:Endpoint is '{text}'; it must be an https address (http only on this machine, or without an ApiKey), such as https://api.openai.com/v1."),
            },
            ApiKey = llm["ApiKey"] is { Length: > 0 } key ? new(key.Trim()) : null,
            Model = model.Trim(),
            QuestionTimeOut = questionTimeOut,
        };
    }
}

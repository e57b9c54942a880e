using ItOps.Bot.Knowledge.Llm;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>Where the Chroma server is, and what the bot's collections there are called.</summary>
public sealed record ChromaOptions
{
    public required Uri Url { get; init; }

    public required string Tenant { get; init; }

    public required string Database { get; init; }

    /// <summary>None where the server asks for none.</summary>
    public Secret<string>? Token { get; init; }

    /// <summary>The header that carries the token: Authorization (as a bearer) or X-Chroma-Token.</summary>
    public required string TokenHeader { get; init; }

    /// <summary>What a collection's name begins with: two bots on one server need two.</summary>
    public required string CollectionPrefix { get; init; }

    /// <summary>How long a turn waits for Chroma in all, by the computer's own clock; then it goes on without.</summary>
    public required TimeSpan QueryTimeOut { get; init; }

    /// <summary>How long a turn waits for the vector of a message from an endpoint, by the computer's own clock.</summary>
    public TimeSpan EmbeddingTimeOut { get; init; }

    /// <summary>The endpoint whose model makes the vectors; none when the built-in embedder does.</summary>
    internal LlmOptions? Embeddings { get; init; }

    /// <param name="knowledge">The section <c>Knowledge</c>.</param>
    /// <returns>None when Chroma is not asked for.</returns>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static ChromaOptions? From(IConfigurationSection knowledge)
    {
        var settings = new SettingsReader(knowledge);
        if ((settings.Optional("Retriever") ?? "embedded") is var retriever && retriever is not ("embedded" or "chroma"))
            throw settings.Wrong("Retriever", $"is '{retriever}'; known are: embedded, chroma");
        return retriever == "chroma" ? FromServer(new(knowledge.GetSection("Chroma")), LlmOptions.From(knowledge.GetSection("Llm"))) : null;
    }

    private static ChromaOptions FromServer(SettingsReader chroma, LlmOptions? endpoint)
    {
        var token = chroma.Key("Token");
        return new()
        {
            Url = chroma.Address("Url", "http://localhost:8000", token is null ? null : "the token"),
            Tenant = Name(chroma, "Tenant", "default_tenant"),
            Database = Name(chroma, "Database", "default_database"),
            Token = token,
            TokenHeader = (chroma.Optional("TokenHeader") ?? "Authorization") is var header && header is "Authorization" or "X-Chroma-Token"
                ? header
                : throw chroma.Wrong("TokenHeader", $"is '{header}'; known are: Authorization, X-Chroma-Token"),
            CollectionPrefix = Name(chroma, "CollectionPrefix", "itops"),
            QueryTimeOut = TimeSpan.FromMilliseconds(chroma.Whole("QueryTimeOutMilliseconds", otherwise: 300, atLeast: 20, atMost: 10_000)),
            EmbeddingTimeOut = TimeSpan.FromMilliseconds(chroma.Whole("EmbeddingTimeOutMilliseconds", otherwise: 1_000, atLeast: 50, atMost: 10_000)),
            Embeddings = endpoint is { EmbeddingModel: not null } ? endpoint : null,
        };
    }

    /// <summary>Chroma's names begin with a letter or digit and have at most 512 characters; after a prefix, model and version follow.</summary>
    private static string Name(SettingsReader chroma, string key, string otherwise) => (chroma.Optional(key) ?? otherwise) is var name
        && name.Length <= 100 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : throw chroma.Wrong(key, $"is '{name}'; it must begin with a letter or digit, go on with letters, digits, '_', '-' and '.', and have at most 100 characters");
}

using System.Globalization;
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
        if (Text(knowledge, "Retriever", "embedded") is var retriever && retriever is not ("embedded" or "chroma"))
            throw new SettingException($"{knowledge.Path}:Retriever is '{retriever}'; known are: embedded, chroma.");
        if (retriever == "embedded")
            return null;

        var chroma = knowledge.GetSection("Chroma");
        var token = Text(chroma, "Token", "");
        return new()
        {
            Url = Address(chroma),
            Tenant = Name(chroma, "Tenant", "default_tenant"),
            Database = Name(chroma, "Database", "default_database"),
            Token = token.Length == 0 ? null
                : token.All(c => c is > ' ' and < (char)127) ? new(token) : throw new SettingException($"{chroma.Path}:Token has characters that no header can carry."),
            TokenHeader = Text(chroma, "TokenHeader", "Authorization") is var header && header is "Authorization" or "X-Chroma-Token"
                ? header
                : throw new SettingException($"{chroma.Path}:TokenHeader is '{header}'; known are: Authorization, X-Chroma-Token."),
            CollectionPrefix = Prefix(chroma),
            QueryTimeOut = Milliseconds(chroma, "QueryTimeOutMilliseconds", 300, atLeast: 20),
            EmbeddingTimeOut = Milliseconds(chroma, "EmbeddingTimeOutMilliseconds", 1_000, atLeast: 50),
            Embeddings = LlmOptions.From(knowledge.GetSection("Llm")) is { EmbeddingModel: not null } endpoint ? endpoint : null,
        };
    }

    private static Uri Address(IConfigurationSection chroma) => Text(chroma, "Url", "") switch
    {
        "" => throw new SettingException($"{chroma.Path}:Url is missing; Knowledge:Retriever=chroma needs the address of a Chroma server, such as http://localhost:8000."),
        var text when Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0 => url,
        var text => throw new SettingException($"{chroma.Path}:Url is '{text}'; it must be the http or https address of a Chroma server without user or query, such as http://localhost:8000."),
    };

    private static string Name(IConfigurationSection chroma, string key, string otherwise) => Text(chroma, key, otherwise) is var name && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
        ? name
        : throw new SettingException($"{chroma.Path}:{key} is '{name}'; it must begin with a letter or digit and go on with letters, digits, '_', '-' and '.'.");

    /// <summary>Chroma's names begin with a letter or digit and have at most 512 characters; model and version follow.</summary>
    private static string Prefix(IConfigurationSection chroma) => Text(chroma, "CollectionPrefix", "itops") is var prefix
        && prefix.Length <= 100 && char.IsAsciiLetterOrDigit(prefix[0]) && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? prefix
            : throw new SettingException($"{chroma.Path}:CollectionPrefix is '{prefix}'; it must begin with a letter or digit, go on with letters, digits, '_', '-' and '.', and have at most 100 characters.");

    private static TimeSpan Milliseconds(IConfigurationSection section, string key, int otherwise, int atLeast) => Text(section, key, "") switch
    {
        "" => TimeSpan.FromMilliseconds(otherwise),
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= atLeast && value <= 10_000 => TimeSpan.FromMilliseconds(value),
        var text => throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{key} is '{text}'; it must be a whole number of milliseconds from {atLeast} to 10000.")),
    };

    private static string Text(IConfigurationSection section, string key, string otherwise) => section[key] is { Length: > 0 } text ? text.Trim() : otherwise;
}

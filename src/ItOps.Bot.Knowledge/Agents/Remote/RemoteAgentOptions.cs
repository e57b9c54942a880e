using ItOps.Bot.Secrets;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>Where an agent is, how the bot shows who it is, and how long it is waited for: the same for all of them.</summary>
internal sealed record RemoteAgentOptions
{
    private const string Authorization = "Authorization";

    /// <summary>One of <see cref="ItOps.Bot.Agents.AgentFrameworks.All"/>.</summary>
    public required string Framework { get; init; }

    /// <summary>Where its settings stand, such as "Agent:LangGraph".</summary>
    public required string Section { get; init; }

    public required Uri Url { get; init; }

    /// <summary>None when the agent asks for none.</summary>
    public Secret<string>? Key { get; init; }

    public required string KeyHeader { get; init; }

    /// <summary>For everything that one question takes.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(8);

    public string? KeyValue => Key is null ? null : KeyHeader == Authorization ? $"Bearer {Key.Reveal()}" : Key.Reveal();

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static RemoteAgentOptions From(RemoteAgentSettings settings, string keyHeader = Authorization) => new()
    {
        Framework = settings.Framework,
        Section = settings.Path,
        Url = settings.Address("Url", "https://agents.example.com/reader", "messages"),
        Key = settings.Key("Key"),
        KeyHeader = Header(settings) ?? keyHeader,
        TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 8, atLeast: 1, atMost: 60)),
    };

    private static string? Header(RemoteAgentSettings settings)
    {
        using var request = new HttpRequestMessage();
        return settings.Optional("KeyHeader") switch
        {
            null => null,
            var header when header.Equals(Authorization, StringComparison.OrdinalIgnoreCase) => Authorization,
            var header when !header.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => throw settings.Wrong("KeyHeader", "must be the name of a header, such as x-api-key"),
            var header when request.Headers.TryAddWithoutValidation(header, "key") => header,
            var header => throw settings.Wrong("KeyHeader", $"is '{header}', which is no header that a key can travel in; such as x-api-key is one"),
        };
    }
}

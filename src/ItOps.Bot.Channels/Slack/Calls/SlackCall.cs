using System.Net.Http.Headers;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Channels.Slack.Calls;

/// <summary>One call of a method of the Web API.</summary>
internal sealed record SlackCall(string Method, Func<HttpContent> Body, Secret<string> Token)
{
    /// <summary>Where the token comes from.</summary>
    public string Key { get; init; } = "BotToken";

    public bool IsByBot => Key == "BotToken";

    /// <summary>Calling it twice is as good as once, so a lost answer only means that it is called again.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>Too many requests are waited out.</summary>
    public bool Waits { get; init; } = true;

    public Action<SlackApiAnswer, HttpResponseHeaders>? Seen { get; init; }
}

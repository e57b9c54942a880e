using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>An agent that is reached over A2A, whatever it is made with. Its address is the one below which its card lies.</summary>
internal sealed record A2aOptions(RemoteAgentOptions Remote)
{
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static A2aOptions From(RemoteAgentSettings settings) => new(RemoteAgentOptions.From(settings));
}

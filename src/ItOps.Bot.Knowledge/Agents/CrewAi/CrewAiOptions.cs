using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.CrewAi;

/// <summary>A crew that is deployed behind CrewAI's kickoff and status calls.</summary>
internal sealed record CrewAiOptions(RemoteAgentOptions Remote)
{
    /// <summary>The input of the crew that takes the task.</summary>
    public string Input { get; init; } = "task";

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static CrewAiOptions From(RemoteAgentSettings settings) => new(RemoteAgentOptions.From(settings)) { Input = settings.Optional("Input") ?? "task" };
}

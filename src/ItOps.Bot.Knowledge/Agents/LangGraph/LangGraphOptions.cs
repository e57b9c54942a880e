using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.LangGraph;

/// <summary>A server with LangGraph's agent-server API: a graph of LangGraph or an agent of LangChain, which it serves alike.</summary>
internal sealed record LangGraphOptions(RemoteAgentOptions Remote)
{
    /// <summary>The graph's name there, or the id of an assistant.</summary>
    public string Assistant { get; init; } = "itops";

    /// <summary>
    /// Turns of a conversation share a thread there. Otherwise each question stands alone, and the server keeps nothing of it; the task tells what was said before.
    /// </summary>
    public bool Threads { get; init; }

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static LangGraphOptions From(RemoteAgentSettings settings) => new(RemoteAgentOptions.From(settings, keyHeader: "x-api-key"))
    {
        Assistant = settings.Optional("Assistant") ?? "itops",
        Threads = settings.Flag("Threads"),
    };
}

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>The way to one agent, over one protocol.</summary>
internal interface IAgentClient
{
    RemoteAgentOptions Remote { get; }

    /// <summary>It failed so often lately that it is left alone for a while.</summary>
    bool IsLeftAlone { get; }

    /// <param name="task">A task document.</param>
    /// <param name="thread">As in <see cref="Bot.Agents.AgentTask.Thread"/>, for a protocol that has use for it.</param>
    /// <returns>The answer document, as it came.</returns>
    /// <exception cref="Bot.Agents.AgentFailedException">There is none.</exception>
    Task<string> AskAsync(string task, string thread, CancellationToken cancellationToken);
}

namespace ItOps.Bot.Agents;

/// <summary>
/// Something that reads messages better than rules do: the built-in model, or an agent of another framework in a process of its own. It only ever proposes;
/// <see cref="ProposalCheck"/> stands behind it, and after that everything that stands behind the rules. Whatever goes wrong in it, or with it, ends in
/// <see cref="AgentFailedException"/>, in bounded time and memory.
/// </summary>
public interface IAgent
{
    /// <summary>One of <see cref="AgentFrameworks.All"/>.</summary>
    string Framework { get; }

    /// <summary>Which of the runbooks that are offered a message asks for, best first; none when it asks for none of them.</summary>
    Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken);

    /// <summary>The wishes of a message in the order to be taken, each with its proposal where there is one, so that nobody has to be asked again for it.</summary>
    Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken);

    /// <summary>Values for the parameters of one of the runbooks that are offered; none when the message gives none.</summary>
    Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken);
}

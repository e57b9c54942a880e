using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Protocol;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>An agent in a process of its own: the same documents, whatever protocol carries them.</summary>
internal sealed class RemoteAgent(IAgentClient client) : IAgent
{
    public string Framework => client.Remote.Framework;

    public async Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Runbooks(await client.AskAsync(TaskDocument.Retrieve(task), task.Thread, cancellationToken));

    public async Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Wishes(await client.AskAsync(TaskDocument.Decompose(task), task.Thread, cancellationToken));

    public async Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Runbook(await client.AskAsync(TaskDocument.Propose(task), task.Thread, cancellationToken));
}

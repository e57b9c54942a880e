using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Protocol;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>An agent behind A2A.</summary>
internal sealed class A2aAgent(A2aClient client) : IAgent
{
    public string Framework => client.Options.Remote.Framework;

    public async Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Runbooks(await client.AskAsync(TaskDocument.Retrieve(task), cancellationToken));

    public async Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Wishes(await client.AskAsync(TaskDocument.Decompose(task), cancellationToken));

    public async Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Runbook(await client.AskAsync(TaskDocument.Propose(task), cancellationToken));
}

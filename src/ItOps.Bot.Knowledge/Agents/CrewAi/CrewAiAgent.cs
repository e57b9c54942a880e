using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Protocol;

namespace ItOps.Bot.Knowledge.Agents.CrewAi;

/// <summary>A crew of CrewAI.</summary>
internal sealed class CrewAiAgent(CrewAiClient client) : IAgent
{
    public string Framework => client.Options.Remote.Framework;

    public async Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Runbooks(await client.AskAsync(TaskDocument.Retrieve(task), cancellationToken));

    public async Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Wishes(await client.AskAsync(TaskDocument.Decompose(task), cancellationToken));

    public async Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) =>
        AnswerDocument.Runbook(await client.AskAsync(TaskDocument.Propose(task), cancellationToken));
}

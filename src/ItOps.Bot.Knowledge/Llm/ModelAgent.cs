using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>The built-in agent: one exchange with the configured model for each question. It answers wishes with their runbooks and values, so that one is enough for a turn.</summary>
internal sealed class ModelAgent(ModelPrompt prompt, ModelCalls calls) : IAgent
{
    public string Framework => AgentFrameworks.BuiltIn;

    public async Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken) =>
        [.. new AnswerReader(task.Offered).Proposals((await calls.AskAsync(prompt.Runbooks(task), cancellationToken)).Text).OrderByDescending(p => p.Confidence)];

    public async Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken) =>
        new AnswerReader(task.Offered).Wishes((await calls.AskAsync(prompt.Wishes(task), cancellationToken)).Text);

    public async Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) =>
        new AnswerReader(task.Offered).Plan((await calls.AskAsync(prompt.Values(task), cancellationToken)).Text);
}

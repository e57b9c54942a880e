using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>
/// No model, but the two ends of what any model can do here. One knows the labels and says them as far as they were offered: more than that no model can gain.
/// The other always takes the runbook that was offered last, and is sure of it: worse than that none can do.
/// </summary>
internal sealed class ScriptedModel(Func<AgentTask, IEnumerable<string>> choose) : IAgent
{
    public string Framework => AgentFrameworks.BuiltIn;

    /// <param name="labels">The runbooks that each text asks for.</param>
    public static ScriptedModel Knowing(IReadOnlyDictionary<string, IReadOnlyList<string>> labels) =>
        new(task => (labels.GetValueOrDefault(task.Text.Text) ?? []).Where(id => task.Offered.Any(r => r.Id == id)));

    public static ScriptedModel Wrong() => new(task => [task.Offered[^1].Id]);

    public Task<IReadOnlyList<AgentProposal>> RetrieveInstructionsAsync(AgentTask task, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AgentProposal>>([.. Choose(task)]);

    public Task<IReadOnlyList<AgentWish>> DecomposeTaskAsync(AgentTask task, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AgentWish>>(Choose(task) is { Count: > 0 } chosen
            ? [.. chosen.Select((p, i) => new AgentWish(From(task.Text.Text, i), [], p))]
            : [new(task.Text.Text, [], null)]);

    public Task<AgentProposal?> ProposePlanAsync(AgentTask task, CancellationToken cancellationToken) => Task.FromResult<AgentProposal?>(null);

    /// <summary>No two wishes are in the same words: each leaves out as many at the beginning as there are before it.</summary>
    private static string From(string text, int word) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(word));

    private List<AgentProposal> Choose(AgentTask task) => [.. choose(task).Select(id => new AgentProposal(id, 1, task.Text.Text, []))];
}

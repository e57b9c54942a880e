using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>Whether an agent is there, knows the key, and can do what it is wanted for.</summary>
/// <param name="reached">What is looked at first: all but a wrong key is said of it.</param>
internal abstract class RemoteSelfCheck(IAgentClient agent, string reached) : ISelfCheck
{
    public string Name => agent.Remote.Framework;

    /// <summary>Without the agent the bot does its work all the same.</summary>
    public string? Problem => null;

    public string? Degraded => agent.IsLeftAlone ? "away; messages are read without it until it is back" : null;

    protected CheckResult KeyAccepted => new("key", null, agent.Remote.Key is null ? "none set, and none asked for" : "accepted");

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        try
        {
            await ExamineAsync(results, cancellationToken);
        }
        catch (AgentFailedException e)
        {
            results.Add(new(e.Failure == AgentFailure.Refused ? "key" : reached, $"{e.Message} Check {agent.Remote.Section}:Url and Key."));
        }

        return results;
    }

    /// <exception cref="AgentFailedException">It does not answer, or says no.</exception>
    protected abstract Task ExamineAsync(List<CheckResult> results, CancellationToken cancellationToken);
}

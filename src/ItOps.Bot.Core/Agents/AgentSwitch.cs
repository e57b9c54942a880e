using ItOps.Bot.Runbooks;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Agents;

/// <summary>What came of asking: the answer of the first agent that had one, and the first one that should have had one and failed.</summary>
public sealed record AgentAnswer<T>(T? Value, string? By, string? Failed)
    where T : class;

/// <summary>Asks the agent that is set up for a message, and the built-in one when that fails; with neither, the caller goes by rules.</summary>
public sealed class AgentSwitch(IEnumerable<IAgent> agents, IAgentSettings settings, TimeProvider time, ILogger<AgentSwitch> log)
{
    private readonly Dictionary<string, IAgent> _agents = agents.ToDictionary(a => a.Framework, StringComparer.Ordinal);

    /// <summary>Whether anybody is there to be asked.</summary>
    public bool HasAgent => _agents.Count > 0;

    public bool AsksAlways => settings.AskAlways;

    /// <summary>None when there is nobody to ask about this runbook.</summary>
    /// <param name="runbook">The likeliest runbook: it may have an agent of its own.</param>
    /// <param name="ask">Gives nothing when the answer cannot be used at all, which counts as a failure.</param>
    public async Task<AgentAnswer<T>?> AskAsync<T>(Runbook? runbook, string what, Func<IAgent, CancellationToken, Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var first = (runbook is null ? null : settings.FrameworkOf(runbook.Id)) ?? settings.Framework;
        var asked = ((IEnumerable<string>)[first, AgentFrameworks.BuiltIn]).Distinct().Select(f => _agents.GetValueOrDefault(f)).OfType<IAgent>().ToList();
        if (asked.Count == 0)
            return null;
        string? failed = null;
        foreach (var agent in asked)
        {
            var framework = agent.Framework;
            var start = time.GetTimestamp();
            var result = "answered";
            var tell = true;
            try
            {
                if (await ask(agent, cancellationToken) is { } answer)
                    return new(answer, framework, failed);
                result = nameof(AgentFailure.Nonsense);
                log.LogWarning("{Framework} answered {What} with what the message does not say, or less than it says; going on without it", framework, what);
            }
            catch (AgentFailedException e)
            {
                result = e.Failure.ToString();

                // Used up is no trouble that anybody has to hear of: it is back tomorrow, and the rules go on.
                tell = e.Failure != AgentFailure.OverBudget;
                log.LogWarning("{Framework} was of no use for {What} ({Failure}): {Reason}", framework, what, e.Failure, e.Message);
            }
            finally
            {
                Telemetry.AgentSeconds.Record(time.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("framework", framework), new("what", what), new("result", result));
            }

            if (tell)
                failed ??= framework;
        }

        return new(null, null, failed);
    }
}

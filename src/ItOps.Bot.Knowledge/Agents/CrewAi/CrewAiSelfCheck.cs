using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Agents.CrewAi;

/// <summary>Whether the crew is there, knows the key, and takes the task.</summary>
internal sealed class CrewAiSelfCheck(CrewAiClient client) : ISelfCheck
{
    private readonly CrewAiOptions _options = client.Options;

    public string Name => _options.Remote.Framework;

    /// <summary>Without the agent the bot does its work all the same.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var section = _options.Remote.Section;
        var results = new List<CheckResult>();
        try
        {
            var inputs = await client.InputsAsync(cancellationToken);
            results.Add(new("crew", null, $"CrewAI's kickoff API at {_options.Remote.Url}"));
            results.Add(new("key", null, _options.Remote.Key is null ? "none set, and none asked for" : "accepted"));
            results.Add(inputs is [var only] && only == _options.Input
                ? new("input", null, _options.Input)
                : new("input", $"the crew takes {(inputs.Count == 0 ? "nothing" : string.Join(", ", inputs))}, and the bot gives it {_options.Input}; change the crew, or {section}:Input"));
        }
        catch (AgentFailedException e)
        {
            results.Add(new(e.Failure == AgentFailure.Refused ? "key" : "crew", $"{e.Message} Check {section}:Url and Key."));
        }

        return results;
    }
}

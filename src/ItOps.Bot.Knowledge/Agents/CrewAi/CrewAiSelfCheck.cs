using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.CrewAi;

/// <summary>Whether the crew is there, knows the key, and takes the task.</summary>
internal sealed class CrewAiSelfCheck(CrewAiClient client) : RemoteSelfCheck(client, "crew")
{
    protected override async Task ExamineAsync(List<CheckResult> results, CancellationToken cancellationToken)
    {
        var inputs = await client.InputsAsync(cancellationToken);
        results.Add(new("crew", null, $"CrewAI's kickoff API at {client.Remote.Url}"));
        results.Add(KeyAccepted);
        results.Add(inputs is [var only] && only == client.Options.Input
            ? new("input", null, only)
            : new("input", $"the crew takes {(inputs.Count == 0 ? "nothing" : string.Join(", ", inputs))}, and the bot gives it {client.Options.Input}; change the crew, or {client.Remote.Section}:Input"));
    }
}

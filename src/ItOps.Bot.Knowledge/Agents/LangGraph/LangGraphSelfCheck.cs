using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Agents.LangGraph;

/// <summary>Whether the server is there, knows the key, and has the graph.</summary>
internal sealed class LangGraphSelfCheck(LangGraphClient client) : ISelfCheck
{
    private readonly LangGraphOptions _options = client.Options;

    public string Name => _options.Remote.Framework;

    /// <summary>Without the agent the bot does its work all the same.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var section = _options.Remote.Section;
        var results = new List<CheckResult>();
        try
        {
            results.Add(new("server", null, $"LangGraph's API {await client.VersionAsync(cancellationToken)} at {_options.Remote.Url}"));
            var found = await client.HasAssistantAsync(cancellationToken);
            results.Add(new("key", null, _options.Remote.Key is null ? "none set, and none asked for" : "accepted"));
            results.Add(found
                ? new("assistant", null, _options.Assistant)
                : new("assistant", $"the server has no graph or assistant '{_options.Assistant}'; correct {section}:Assistant"));
        }
        catch (AgentFailedException e)
        {
            results.Add(new(e.Failure == AgentFailure.Refused ? "key" : "server", $"{e.Message} Check {section}:Url and Key."));
        }

        return results;
    }
}

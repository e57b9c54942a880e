using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.LangGraph;

/// <summary>Whether the server is there, knows the key, and has the graph.</summary>
internal sealed class LangGraphSelfCheck(LangGraphClient client) : RemoteSelfCheck(client, "server")
{
    protected override async Task ExamineAsync(List<CheckResult> results, CancellationToken cancellationToken)
    {
        results.Add(new("server", null, $"LangGraph's API {await client.VersionAsync(cancellationToken)} at {client.Remote.Url}"));
        var found = await client.HasAssistantAsync(cancellationToken);
        results.Add(KeyAccepted);
        results.Add(found
            ? new("assistant", null, client.Options.Assistant)
            : new("assistant", $"the server has no graph or assistant '{client.Options.Assistant}'; correct {client.Remote.Section}:Assistant"));
    }
}

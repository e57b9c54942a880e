using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.CrewAi;

/// <summary>CrewAI's kickoff and status calls. A crew takes nothing but texts, so the task goes in as JSON text; nothing tells that it is done but its status.</summary>
internal sealed class CrewAiClient(CrewAiOptions options, TimeProvider time) : IAgentClient, IDisposable
{
    private const int LongestId = 64;

    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lastLook = TimeSpan.FromSeconds(1);

    private readonly AgentLine _line = new(options.Remote, time);

    public CrewAiOptions Options => options;

    public RemoteAgentOptions Remote => options.Remote;

    public bool IsLeftAlone => _line.IsLeftAlone;

    public void Dispose() => _line.Dispose();

    /// <returns>The answer document, not yet read.</returns>
    public Task<string> AskAsync(string task, string thread, CancellationToken cancellationToken) => _line.ExchangeAsync(
        async stop =>
        {
            var inputs = new JsonObject { ["inputs"] = new JsonObject { [options.Input] = task } };
            var begun = (await _line.SendAsync(HttpMethod.Post, Relative("kickoff"), inputs, stop)).Json();
            if (begun.Text("kickoff_id") is not { Length: > 0 and <= LongestId } id || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                throw new AgentFailedException(AgentFailure.Nonsense, "It began without an id to ask for.");
            for (var wait = s_firstLook; ; wait = wait * 1.5 < s_lastLook ? wait * 1.5 : s_lastLook)
            {
                await _line.WaitAsync(wait, stop);
                if (Output((await _line.SendAsync(HttpMethod.Get, Relative($"status/{id}"), body: null, stop)).Json()) is { } output)
                    return output;
            }
        },
        cancellationToken);

    /// <summary>What the crew wants to be given.</summary>
    public Task<IReadOnlyList<string>> InputsAsync(CancellationToken cancellationToken) => _line.TryAsync(
        async stop => (IReadOnlyList<string>)[.. ((JsonElement?)(await _line.SendAsync(HttpMethod.Get, Relative("inputs"), body: null, stop)).Json())
            .Items("inputs").Select(i => JsonMembers.Name(i.AsText()))],
        cancellationToken);

    /// <summary>None while the crew is at work.</summary>
    private static string? Output(JsonElement status) => status.Text("status") switch
    {
        "running" => null,
        "completed" => status.Member("result").Text("output") ?? throw new AgentFailedException(AgentFailure.Nonsense, "It completed without an output."),
        "error" => throw new AgentFailedException(AgentFailure.Failed, "It says that the crew failed."),
        _ => throw new AgentFailedException(AgentFailure.Nonsense, "It is in a state that its API does not have."),
    };

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}

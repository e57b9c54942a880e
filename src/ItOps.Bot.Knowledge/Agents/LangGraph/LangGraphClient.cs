using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.LangGraph;

/// <summary>
/// LangGraph's agent-server API, as far as one run takes: the task is the run's only message, and the answer is read from the graph's final state. A run that
/// failed is HTTP 200 with <c>__error__</c>, and the headers come before it ends.
/// </summary>
internal sealed class LangGraphClient(LangGraphOptions options, TimeProvider time) : IAgentClient, IDisposable
{
    private static readonly string[] s_answers = ["answer", "structuredResponse", "structured_response"];

    private readonly AgentLine _line = new(options.Remote, time);

    public LangGraphOptions Options => options;

    public RemoteAgentOptions Remote => options.Remote;

    public bool IsLeftAlone => _line.IsLeftAlone;

    public void Dispose() => _line.Dispose();

    /// <param name="thread">32 hexadecimal digits.</param>
    /// <returns>The answer document, not yet read.</returns>
    public Task<string> AskAsync(string task, string thread, CancellationToken cancellationToken) => _line.ExchangeAsync(
        async stop =>
        {
            Guid? run = null;
            try
            {
                var reply = await _line.SendAsync(HttpMethod.Post, Runs(thread, "wait"), Run(task), stop, headers => run = RunAt(headers.ContentLocation));
                return AnswerIn(reply.Json());
            }
            catch (OperationCanceledException) when (run is not null && options.Threads)
            {
                _line.SayFarewell(Runs(thread, $"{run}/cancel?wait=false&action=interrupt"), body: null);
                throw;
            }
        },
        cancellationToken);

    /// <summary>The server's version, by what it says of itself.</summary>
    public Task<string> VersionAsync(CancellationToken cancellationToken) => _line.TryAsync(
        async stop => JsonMembers.Name((await _line.SendAsync(HttpMethod.Get, Relative("info"), body: null, stop)).Json().Text("version")), cancellationToken);

    /// <summary>Whether the server has what <see cref="LangGraphOptions.Assistant"/> names.</summary>
    public Task<bool> HasAssistantAsync(CancellationToken cancellationToken) => _line.TryAsync(
        async stop =>
        {
            var sought = new JsonObject { ["limit"] = 100 };
            if (!Guid.TryParse(options.Assistant, out _))
                sought["graph_id"] = options.Assistant;
            var reply = await _line.SendAsync(HttpMethod.Post, Relative("assistants/search"), sought, stop);
            return reply.Json() is { ValueKind: JsonValueKind.Array } found
                && found.EnumerateArray().Any(a => a.Text("graph_id") == options.Assistant || a.Text("assistant_id") == options.Assistant);
        },
        cancellationToken);

    private Uri Runs(string thread, string rest) => Relative(options.Threads ? $"threads/{Guid.ParseExact(thread, "N"):D}/runs/{rest}" : $"runs/{rest}");

    /// <summary>The only place where the server says which run it began.</summary>
    private static Guid? RunAt(Uri? location) => Guid.TryParse(location?.OriginalString.Split('/')[^1], out var run) ? run : null;

    private JsonObject Run(string task)
    {
        var run = new JsonObject
        {
            ["assistant_id"] = options.Assistant,
            ["input"] = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = task }) },
            ["on_disconnect"] = "cancel",
        };

        // An unknown thread is refused otherwise, and so is one with a run that nobody waits for any more.
        if (options.Threads)
            (run["if_not_exists"], run["multitask_strategy"]) = ("create", "interrupt");
        return run;
    }

    private static string AnswerIn(JsonElement state)
    {
        if (state.Member("__error__") is { } error)
            throw new AgentFailedException(AgentFailure.Failed, $"Its run failed ({JsonMembers.Name(error.Text("error"))}).");
        if (state.Member("__interrupt__") is not null)
            throw new AgentFailedException(AgentFailure.Failed, "Its run stopped to ask a person, which nobody there can answer.");
        foreach (var answer in s_answers.Select(name => state.Member(name)).OfType<JsonElement>())
            return answer.AsText() ?? answer.GetRawText();
        return ((JsonElement?)state).Items("messages") is [.., var last] && last.Text("type") is "ai" or "AIMessageChunk" && TextOf(last) is { Length: > 0 } text
            ? text
            : throw new AgentFailedException(AgentFailure.Nonsense, "The final state holds no answer: no member 'answer' or 'structuredResponse', and no last message of a model.");
    }

    /// <summary>A message's content is a text, or a list of blocks of which some are.</summary>
    private static string? TextOf(JsonElement message) =>
        message.Text("content") ?? string.Concat(((JsonElement?)message).Items("content").Where(b => b.Text("type") == "text").Select(b => b.Text("text")));

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>A2A over JSON-RPC, as far as one question takes. A failure is HTTP 200 with <c>error</c>, or with a task that failed.</summary>
internal sealed class A2aClient(A2aOptions options, TimeProvider time) : IAgentClient, IDisposable
{
    /// <summary>No task of its own that a server knows; whether it says so to this key shows whether the key is good.</summary>
    private const string NobodysTask = "00000000-0000-0000-0000-000000000000";
    private const int TaskNotFound = -32001;

    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lastLook = TimeSpan.FromSeconds(1);

    private readonly AgentLine _line = new(options.Remote, time);
    private volatile A2aCard? _card;

    public RemoteAgentOptions Remote => options.Remote;

    public bool IsLeftAlone => _line.IsLeftAlone;

    public void Dispose() => _line.Dispose();

    /// <returns>The answer document, not yet read.</returns>
    public Task<string> AskAsync(string task, string thread, CancellationToken cancellationToken) => _line.ExchangeAsync(
        async stop =>
        {
            var card = _card ?? await CardAsync(stop);

            // A card that led to a failure is read again: the agent may have moved, or learned another version.
            _card = null;
            var answer = A2aVersion.Read(await CallAsync(card, card.Version.Send, card.Version.Question(task, Id.New(time)), stop));
            var text = Answered(await EndedAsync(card, answer, stop));
            _card = card;
            return text;
        },
        cancellationToken);

    public Task<A2aCard> ReadCardAsync(CancellationToken cancellationToken) => _line.TryAsync(CardAsync, cancellationToken);

    /// <summary>Ends without an exception when the agent lets the bot ask.</summary>
    public Task TryKeyAsync(A2aCard card, CancellationToken cancellationToken) => _line.TryAsync(
        async stop =>
        {
            var reply = await _line.SendAsync(HttpMethod.Post, card.Url, Call(card.Version.Get, new() { ["id"] = NobodysTask }), stop, header: Versioned(card));
            return ErrorCode(reply.Json()) == TaskNotFound ? true : throw new AgentFailedException(AgentFailure.Nonsense, $"It does not speak A2A {card.Version.Number}, although its card says so.");
        },
        cancellationToken);

    private async Task<A2aCard> CardAsync(CancellationToken cancellationToken)
    {
        var reply = await _line.SendAsync(HttpMethod.Get, new(A2aCard.Path, UriKind.Relative), body: null, cancellationToken, header: (A2aVersion.Header, A2aVersion.V1.Number));
        return A2aCard.Read(reply.Json(), options.Remote.Url);
    }

    /// <summary>Looks again and again at a task that is not done when the call is.</summary>
    private async Task<A2aAnswer> EndedAsync(A2aCard card, A2aAnswer answer, CancellationToken cancellationToken)
    {
        var task = answer.TaskId;
        try
        {
            for (var wait = s_firstLook; answer.State == A2aState.UnderWay && task.Length > 0; wait = Longer(wait))
            {
                await _line.WaitAsync(wait, cancellationToken);
                answer = A2aVersion.Read(await CallAsync(card, card.Version.Get, new() { ["id"] = task, ["historyLength"] = 0 }, cancellationToken));
            }

            return answer;
        }
        catch (OperationCanceledException)
        {
            _line.SayFarewell(card.Url, Call(card.Version.Cancel, new() { ["id"] = task }), Versioned(card));
            throw;
        }
    }

    private static string Answered(A2aAnswer answer) => answer switch
    {
        { State: A2aState.Completed, Answer: { } text } => text,
        { State: A2aState.Completed } => throw new AgentFailedException(AgentFailure.Nonsense, "Its task is completed and holds no text or data."),
        { State: A2aState.Waits } => throw new AgentFailedException(AgentFailure.Failed, "It asks back, or for a sign-in, which nobody here can answer."),
        { State: A2aState.Rejected } => throw new AgentFailedException(AgentFailure.Failed, "It rejected the task."),
        { State: A2aState.Failed } => throw new AgentFailedException(AgentFailure.Failed, "Its task failed."),
        _ => throw new AgentFailedException(AgentFailure.Nonsense, "It answered with a task in a state that A2A does not have."),
    };

    private async Task<JsonElement> CallAsync(A2aCard card, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var reply = (await _line.SendAsync(HttpMethod.Post, card.Url, Call(method, parameters), cancellationToken, header: Versioned(card))).Json();
        if (reply.Member("error") is not null)
            throw new AgentFailedException(AgentFailure.Failed, $"It answered {method} with the error {ErrorCode(reply)}.");
        return reply.Member("result") ?? throw new AgentFailedException(AgentFailure.Nonsense, "It answered without a result.");
    }

    private static int? ErrorCode(JsonElement reply) =>
        reply.Member("error").Member("code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : null;

    private JsonObject Call(string method, JsonObject parameters) => new() { ["jsonrpc"] = "2.0", ["id"] = Id.New(time), ["method"] = method, ["params"] = parameters };

    /// <summary>No header means 0.3, and that version does not know it.</summary>
    private static (string, string)? Versioned(A2aCard card) => card.Version.IsCurrent ? (A2aVersion.Header, card.Version.Number) : null;

    private static TimeSpan Longer(TimeSpan wait) => wait * 1.5 < s_lastLook ? wait * 1.5 : s_lastLook;
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Agents;

/// <summary>How each protocol wraps a task and its answer.</summary>
public sealed partial class FakeAgentServer
{
    private const string Kickoff = "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650";

    private readonly TaskCompletionSource _lookedAt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _looks;
    private int _completions;

    /// <summary>How often a task is still under way when it is looked at.</summary>
    public int LooksBeforeDone { get; set; }

    /// <summary>It takes the word that a task is given up, and never answers to it.</summary>
    public bool HangsWhenCancelled { get; set; }

    /// <summary>Ends when a task of A2A was looked at.</summary>
    public Task WhenLookedAtAsync(CancellationToken cancellationToken) => _lookedAt.Task.WaitAsync(cancellationToken);

    /// <summary>Ends when it was told that a task or run is given up.</summary>
    public Task WhenCancelledAsync(CancellationToken cancellationToken) => _cancelled.Task.WaitAsync(cancellationToken);

    /// <summary>Instead of the usual wrapping: what LangGraph's run ends with, what A2A's call results in, or what CrewAI's status is.</summary>
    public Func<JsonNode>? Wrapped { get; set; }

    /// <summary>What the card names as the agent's address, instead of its own.</summary>
    public string? CardAddress { get; set; }

    /// <summary>Which version an agent of A2A speaks, instead of the one that its address has.</summary>
    public string? CardVersion { get; set; }

    private async Task LangGraphAsync(HttpContext http, string path, JsonNode? sent)
    {
        if (path == "info")
        {
            await SayAsync(http, new JsonObject { ["version"] = "2.0.0" });
            return;
        }

        if (!await KnowsAsync(http, "x-api-key", Key))
            return;
        if (path == "assistants/search")
        {
            await SayAsync(http, sent!["graph_id"]?.GetValue<string>() == "itops" ? new JsonArray(new JsonObject { ["graph_id"] = "itops" }) : new JsonArray());
            return;
        }

        if (path.EndsWith("/cancel", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 204;
            await CancelAsync(http);
            return;
        }

        var thread = path.StartsWith("threads/", StringComparison.Ordinal);
        if (thread && (sent!["if_not_exists"]?.GetValue<string>(), sent["multitask_strategy"]?.GetValue<string>()) != ("create", "interrupt"))
        {
            await RefuseAsync(http, 422);
            return;
        }

        var message = sent!["input"]!["messages"]!.AsArray().Single()!;
        Take(message["content"]!.GetValue<string>());
        http.Response.Headers.ContentLocation = $"/{(thread ? path[..path.IndexOf("/runs/", StringComparison.Ordinal)] + "/" : "")}runs/7b6b594d-ea77-46b3-a1db-ea84ca97807b";
        if (await IsInTroubleAsync(http))
            return;
        await SayAsync(
            http,
            Wrapped?.Invoke() ?? (Trouble == AgentTrouble.Fails
                ? new JsonObject { ["__error__"] = new JsonObject { ["error"] = "GraphRecursionError", ["message"] = Key } }
                : new JsonObject { ["messages"] = new JsonArray(message.DeepClone(), new JsonObject { ["type"] = "ai", ["content"] = Answer() }) }),
            "text/plain; charset=utf-8");
    }

    private async Task CancelAsync(HttpContext http)
    {
        _cancelled.TrySetResult();
        if (HangsWhenCancelled)
            await GoneAsync(http);
    }

    private async Task A2aAsync(HttpContext http, string path, JsonNode? sent, string version)
    {
        version = CardVersion ?? version;
        var current = version == "1.0";
        var address = CardAddress ?? $"{Address}{http.Request.Path.Value!.Split('/')[1]}/rpc";
        if (path == ".well-known/agent-card.json")
        {
            await SayAsync(http, current
                ? new JsonObject { ["name"] = "reader", ["supportedInterfaces"] = new JsonArray(new JsonObject { ["url"] = address, ["protocolBinding"] = "JSONRPC", ["protocolVersion"] = version }) }
                : new JsonObject { ["name"] = "reader", ["url"] = address, ["preferredTransport"] = "JSONRPC", ["protocolVersion"] = "0.3.0" });
            return;
        }

        if (!await KnowsAsync(http, "Authorization", "Bearer " + Key))
            return;
        JsonObject Reply(string member, JsonNode content) => new() { ["jsonrpc"] = "2.0", ["id"] = sent!["id"]!.DeepClone(), [member] = content };
        if ((http.Request.Headers["A2A-Version"] == "1.0") != current)
        {
            await SayAsync(http, Reply("error", new JsonObject { ["code"] = -32009, ["message"] = Key }));
            return;
        }

        var method = sent!["method"]!.GetValue<string>();
        if (method == (current ? "SendMessage" : "message/send"))
        {
            var part = sent["params"]!["message"]!["parts"]!.AsArray().Single()!;
            if (part["kind"] is null != current)
                throw new InvalidOperationException($"A part of A2A {version} is {part.ToJsonString()}.");
            Take(part["text"]!.GetValue<string>());
            _looks = 0;
            if (await IsInTroubleAsync(http))
                return;
            await SayAsync(http, Reply("result", Wrapped?.Invoke() ?? (current ? new JsonObject { ["task"] = A2aTask(current) } : A2aTask(current))));
        }
        else if (method == (current ? "GetTask" : "tasks/get") && sent["params"]!["id"]!.GetValue<string>() == "task-1")
        {
            _looks++;
            _lookedAt.TrySetResult();
            await SayAsync(http, Reply("result", A2aTask(current)));
        }
        else if (method == (current ? "CancelTask" : "tasks/cancel") && sent["params"]!["id"]!.GetValue<string>() == "task-1")
        {
            await CancelAsync(http);
            await SayAsync(http, Reply("result", A2aTask(current)));
        }
        else
        {
            await SayAsync(http, Reply("error", new JsonObject { ["code"] = -32001, ["message"] = "no such task" }));
        }
    }

    private JsonObject A2aTask(bool current)
    {
        var state = Trouble == AgentTrouble.Fails ? "failed" : _looks < LooksBeforeDone ? "working" : "completed";
        var task = new JsonObject { ["id"] = "task-1", ["contextId"] = "context-1", ["status"] = new JsonObject { ["state"] = current ? "TASK_STATE_" + state.ToUpperInvariant() : state } };
        var part = new JsonObject { ["text"] = state == "completed" ? Answer() : "" };
        if (!current)
        {
            task["kind"] = "task";
            part["kind"] = "text";
        }

        if (state == "completed")
            task["artifacts"] = new JsonArray(new JsonObject { ["artifactId"] = "1", ["parts"] = new JsonArray(part) });
        return task;
    }

    private async Task CrewAiAsync(HttpContext http, string path, JsonNode? sent)
    {
        if (!await KnowsAsync(http, "Authorization", "Bearer " + Key))
            return;
        if (path == "inputs")
        {
            await SayAsync(http, new JsonObject { ["inputs"] = new JsonArray("task") });
        }
        else if (path == "kickoff")
        {
            Take(sent!["inputs"]!.AsObject().Single().Value!.GetValue<string>());
            _looks = 0;
            if (Trouble is AgentTrouble.None or AgentTrouble.Fails or AgentTrouble.Huge || !await IsInTroubleAsync(http))
                await SayAsync(http, new JsonObject { ["kickoff_id"] = Kickoff });
        }
        else if (path == $"status/{Kickoff}")
        {
            await SayAsync(http, Wrapped?.Invoke() ?? (Trouble == AgentTrouble.Fails ? new JsonObject { ["status"] = "error", ["error"] = Key }
                : _looks++ < LooksBeforeDone ? new JsonObject { ["status"] = "running", ["current_task"] = "read" }
                : new JsonObject { ["status"] = "completed", ["result"] = new JsonObject { ["output"] = Answer() } }));
        }
        else
        {
            await RefuseAsync(http, 404);
        }
    }

    /// <summary>A completion has an id of its own: what streams it takes two with the same one for one.</summary>
    private async Task ModelAsync(HttpContext http, JsonNode sent)
    {
        Take(TextOf(sent["messages"]!.AsArray()[^1]!["content"]!));
        if (Trouble == AgentTrouble.Fails)
        {
            await RefuseAsync(http, 500);
            return;
        }

        if (Trouble != AgentTrouble.Garbage && await IsInTroubleAsync(http))
            return;
        var answer = Trouble == AgentTrouble.Garbage ? "<<<\u0001 not what was asked for" : Answer();
        JsonObject Completion(string kind, JsonObject choice) => new()
        {
            ["id"] = $"chatcmpl-{_completions}",
            ["object"] = kind,
            ["created"] = 1,
            ["model"] = sent["model"]!.DeepClone(),
            ["choices"] = new JsonArray(choice),
        };
        Interlocked.Increment(ref _completions);
        if (sent["stream"]?.GetValue<bool>() != true)
        {
            await SayAsync(http, Completion("chat.completion", new() { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer }, ["finish_reason"] = "stop" }));
            return;
        }

        http.Response.ContentType = "text/event-stream";
        foreach (var (delta, reason) in ((JsonObject, string?)[])[(new() { ["role"] = "assistant", ["content"] = answer }, null), ([], "stop")])
            await http.Response.WriteAsync($"data: {Completion("chat.completion.chunk", new() { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }).ToJsonString()}\n\n", http.RequestAborted);
        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted);
    }

    private static string TextOf(JsonNode content) => content is JsonArray parts ? string.Concat(parts.Select(p => p!["text"]?.GetValue<string>())) : content.GetValue<string>();
}

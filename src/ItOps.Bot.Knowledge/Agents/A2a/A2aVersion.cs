using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Knowledge.Agents.Remote;

namespace ItOps.Bot.Knowledge.Agents.A2a;

/// <summary>What differs between the two versions of A2A that are spoken.</summary>
internal sealed record A2aVersion(string Number, string Send, string Get, string Cancel)
{
    public const string Header = "A2A-Version";

    public static readonly A2aVersion V1 = new("1.0", "SendMessage", "GetTask", "CancelTask");
    public static readonly A2aVersion V03 = new("0.3", "message/send", "tasks/get", "tasks/cancel");

    public bool IsCurrent => this == V1;

    /// <summary>None for a version that is not spoken. A patch makes no difference.</summary>
    public static A2aVersion? Of(string? number) => number?.Split('.') switch
    {
        ["1", ..] => V1,
        ["0", "3", ..] => V03,
        _ => null,
    };

    /// <summary>A message with the task as its only part. Without a context: what was said before is in the task.</summary>
    public JsonObject Question(string text, string messageId)
    {
        var message = new JsonObject
        {
            ["messageId"] = messageId,
            ["role"] = IsCurrent ? "ROLE_USER" : "user",
            ["parts"] = new JsonArray(IsCurrent ? new JsonObject { ["text"] = text, ["mediaType"] = "application/json" } : new JsonObject { ["kind"] = "text", ["text"] = text }),
        };
        var configuration = new JsonObject { ["acceptedOutputModes"] = new JsonArray("application/json", "text/plain"), ["historyLength"] = 0 };
        if (!IsCurrent)
        {
            message["kind"] = "message";
            configuration["blocking"] = true;
        }

        return new() { ["message"] = message, ["configuration"] = configuration };
    }

    /// <summary>What came back: 1.0 wraps it, 0.3 sends it bare.</summary>
    public static A2aAnswer Read(JsonElement result)
    {
        var message = result.Member("message") ?? (result.Text("kind") == "message" || (result.Member("parts") is not null && result.Member("status") is null) ? result : null);
        if (message is not null && result.Member("task") is null && result.Member("status") is null)
            return new("", A2aState.Completed, AnswerIn(message.Value));
        var task = result.Member("task") ?? result;
        var status = task.Member("status");
        return new(task.Text("id") ?? "", StateOf(status.Text("state")), AnswerOf(task, status.Member("message")));
    }

    private static A2aState StateOf(string? state) => state?.Replace("TASK_STATE_", "", StringComparison.Ordinal).Replace('_', '-').ToLowerInvariant() switch
    {
        "submitted" or "working" => A2aState.UnderWay,
        "completed" => A2aState.Completed,
        "input-required" or "auth-required" => A2aState.Waits,
        "rejected" => A2aState.Rejected,
        "failed" or "canceled" => A2aState.Failed,
        _ => A2aState.Unknown,
    };

    private static string? AnswerOf(JsonElement task, JsonElement? message) =>
        ((JsonElement?)task).Items("artifacts").Reverse().Select(AnswerIn).FirstOrDefault(a => a is not null) ?? (message is { } said ? AnswerIn(said) : null);

    /// <summary>The first part with data, else the parts with text, put together.</summary>
    private static string? AnswerIn(JsonElement holder)
    {
        var parts = ((JsonElement?)holder).Items("parts");
        if (parts.Select(p => p.Member("data")).FirstOrDefault(d => d is { ValueKind: JsonValueKind.Object }) is { } data)
            return data.GetRawText();
        var text = string.Concat(parts.Select(p => p.Text("text")));
        return text.Length > 0 ? text : null;
    }
}

internal enum A2aState { UnderWay, Completed, Waits, Rejected, Failed, Unknown }

/// <param name="TaskId">Empty when the agent answered without a task.</param>
/// <param name="Answer">The answer document, not yet read; none while there is none.</param>
internal sealed record A2aAnswer(string TaskId, A2aState State, string? Answer);

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using ItOps.Bot.People;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>One question to the model: what it is to do, what it is to know, and the form of the answer.</summary>
/// <param name="What">One word, for metrics.</param>
/// <param name="For">Whose budget it is; not sent.</param>
/// <param name="Data">Each a message of its own, after the instructions.</param>
internal sealed record ModelRequest(string What, PersonId For, string Instructions, IReadOnlyList<string> Data, JsonObject Schema)
{
    /// <summary>Angle brackets, quotes and line ends of a text come as escapes, so that no text can end the place that it stands in; letters stay letters.</summary>
    public static readonly JsonSerializerOptions Text = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The body of a call to chat/completions.</summary>
    public JsonObject Body(LlmOptions options)
    {
        var asJson = options.AnswerFormat == AnswerFormat.Json;
        var instructions = asJson ? $"{Instructions}\nAnswer with one JSON object that follows this JSON schema, and with nothing else:\n{Schema.ToJsonString()}" : Instructions;
        var body = new JsonObject
        {
            ["model"] = options.ChatModel,
            ["messages"] = new JsonArray([Message("system", instructions), .. Data.Select(d => Message("user", d))]),
            ["response_format"] = asJson
                ? new JsonObject { ["type"] = "json_object" }
                : new JsonObject { ["type"] = "json_schema", ["json_schema"] = new JsonObject { ["name"] = What, ["strict"] = true, ["schema"] = Schema.DeepClone() } },
            ["max_completion_tokens"] = options.AnswerTokens,
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        if (options.Temperature is { } temperature)
            body["temperature"] = temperature;
        return body;
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text };
}

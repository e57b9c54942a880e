using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Testing.Models;

/// <summary>What OpenAI's chat/completions takes, as far as the bot uses it: anything else is refused, as strict mode does.</summary>
internal static partial class ModelRules
{
    /// <summary>Objects in objects.</summary>
    private const int DeepestSchema = 5;

    private static readonly string[] s_members = ["model", "messages", "response_format", "max_completion_tokens", "stream", "stream_options", "temperature"];

    private static readonly string[] s_keywords = ["type", "properties", "required", "additionalProperties", "items", "enum", "description"];

    /// <summary>What is wrong with a request; none when it is right.</summary>
    public static string? Wrong(JsonObject body, string model)
    {
        if (body.Select(m => m.Key).Except(s_members).FirstOrDefault() is { } unknown)
            return $"Unrecognized request argument supplied: {unknown}";
        if ((string?)body["model"] != model)
            return "model_not_found";
        if (body["messages"] is not JsonArray { Count: > 1 } messages || messages.Any(m => (string?)m?["role"] is not ("system" or "user") || m["content"]?.GetValueKind() != System.Text.Json.JsonValueKind.String))
            return "messages must be objects with a role and a text";
        if ((string?)messages[0]!["role"] != "system" || messages.Skip(1).Any(m => (string?)m!["role"] != "user"))
            return "the instructions come first and alone";
        if ((bool?)body["stream"] != true || (bool?)body["stream_options"]?["include_usage"] != true)
            return "answers are streamed, with usage";
        return (string?)body["response_format"]?["type"] switch
        {
            "json_schema" => WrongFormat(body["response_format"]!["json_schema"]),
            "json_object" => messages.Any(m => ((string)m!["content"]!).Contains("JSON", StringComparison.OrdinalIgnoreCase)) ? null : "'messages' must contain the word 'json'",
            _ => "response_format must be json_schema or json_object",
        };
    }

    private static string? WrongFormat(JsonNode? format) =>
        format is null || !Name().IsMatch((string?)format["name"] ?? "") ? "json_schema.name must be 1 to 64 letters, digits, _ and -"
        : (bool?)format["strict"] != true ? "json_schema.strict must be true"
        : format["schema"] is not JsonObject schema || (string?)schema["type"] != "object" ? "the schema's root must be an object"
        : WrongSchema(schema, 1);

    private static string? WrongSchema(JsonObject schema, int depth)
    {
        if (depth > DeepestSchema)
            return "the schema is nested too deeply";
        if (schema.Select(m => m.Key).Except(s_keywords).FirstOrDefault() is { } unknown)
            return $"'{unknown}' is not permitted in strict mode";
        if (schema["enum"] is JsonArray choices && (choices.Count == 0 || choices.Select(c => (string?)c).Distinct().Count() != choices.Count))
            return "an enum must hold at least one value, each once";
        switch ((string?)schema["type"])
        {
            case "array":
                return schema["items"] is JsonObject items ? WrongSchema(items, depth) : "an array must say what its items are";
            case "object":
                var properties = schema["properties"] as JsonObject;
                var required = (schema["required"] as JsonArray)?.Select(r => (string?)r).ToHashSet() ?? [];
                return properties is null || !required.SetEquals(properties.Select(p => p.Key)) ? "'required' must name each property"
                    : schema["additionalProperties"] is not JsonValue more || more.GetValue<bool>() ? "'additionalProperties' must be false"
                    : properties.Select(p => WrongSchema((JsonObject)p.Value!, depth + 1)).FirstOrDefault(w => w is not null);
            case "string" or "number" or "integer" or "boolean":
                return null;
            default:
                return "a schema must have a type";
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex Name();
}

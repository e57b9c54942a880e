using System.Text.Json.Nodes;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// The JSON schemas that answers are held to: runbooks among those offered, parameters of theirs. Only what every endpoint's strict mode knows: objects with all
/// members required, arrays, enums; limits of number and length are the reader's.
/// </summary>
internal static class AnswerSchema
{
    /// <summary>Stands where none of the runbooks is asked for.</summary>
    public const string NoRunbook = "none";

    public static JsonObject Proposals(IReadOnlyList<Runbook> offered) => Object(("proposals", Array(Object(Proposal(offered)))));

    public static JsonObject Wishes(IReadOnlyList<Runbook> offered) => Object(("wishes", Array(Object([("text", Kind("string")), ("after", Array(Kind("integer"))), .. Proposal(offered)]))));

    public static JsonObject Plan(IReadOnlyList<Runbook> offered) => Object(Proposal(offered));

    public static JsonObject Texts() => Object(("texts", Array(Kind("string"))));

    /// <summary>Parameters that a message can say something about; which accounts somebody has, it cannot.</summary>
    public static IEnumerable<RunbookParameter> ParametersOf(Runbook runbook) => runbook.Parameters.Where(p => p.Kind != ParameterKind.Account);

    private static (string, JsonObject)[] Proposal(IReadOnlyList<Runbook> offered)
    {
        var parameters = offered.SelectMany(ParametersOf).Select(p => p.Name).Distinct(StringComparer.Ordinal).ToList();
        (string, JsonObject)[] proposal =
        [
            ("runbook", Enum([.. offered.Select(r => r.Id), NoRunbook])),
            ("confidence", Kind("number")),
            ("evidence", Kind("string")),
        ];

        // An enum of nothing is no schema.
        return parameters.Count == 0 ? proposal : [.. proposal, ("values", Array(Object(("parameter", Enum(parameters)), ("value", Kind("string")), ("evidence", Kind("string")))))];
    }

    private static JsonObject Object(params (string Name, JsonObject Schema)[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Schema))),
        ["required"] = new JsonArray([.. members.Select(m => JsonValue.Create(m.Name))]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Array(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Enum(IReadOnlyList<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };

    private static JsonObject Kind(string type) => new() { ["type"] = type };
}

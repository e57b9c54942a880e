using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Agents.Protocol;

/// <summary>What an agent in another process is told, as JSON; docs/agents/protocol.md describes it.</summary>
internal static class TaskDocument
{
    public const int Version = 1;

    /// <summary>Readable as it is: the text goes into the body of a request, never into a page.</summary>
    private static readonly JsonSerializerOptions s_written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Retrieve(AgentTask task) => Write("retrieve", task, Answer("runbooks", List(Proposal(task))));

    public static string Decompose(AgentTask task) => Write("decompose", task, Answer("wishes", List(Object(
        ("text", Text()), ("after", List(new() { ["type"] = "integer" })), ("runbook", OrNull(Proposal(task)))))));

    public static string Propose(AgentTask task) => Write("propose", task, Answer("runbook", OrNull(Proposal(task))));

    private static string Write(string name, AgentTask task, JsonObject answer) => new JsonObject
    {
        ["version"] = Version,
        ["task"] = name,
        ["text"] = task.Text.Text,
        ["language"] = task.Language,
        ["earlier"] = new JsonArray([.. task.Earlier.Select(t => JsonValue.Create(t.Text))]),
        ["asking"] = task.Offered.SelectMany(Told).Any(p => p.Name == task.Asking) ? task.Asking : null,
        ["runbooks"] = new JsonArray([.. task.Offered.Select(r => new JsonObject
        {
            ["id"] = r.Id,
            ["title"] = r.Title,
            ["summary"] = r.Summary,
            ["parameters"] = new JsonArray([.. Told(r).Select(Parameter)]),
        })]),
        ["answer"] = answer,
    }.ToJsonString(s_written);

    /// <summary>Which accounts somebody has, only the directory says; nobody is asked to guess it.</summary>
    private static IEnumerable<RunbookParameter> Told(Runbook runbook) => runbook.Parameters.Where(p => p.Kind != ParameterKind.Account);

    private static JsonObject Parameter(RunbookParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["kind"] = parameter.Kind.ToString().ToLowerInvariant(),
        ["ask"] = parameter.Ask,
        ["options"] = new JsonArray([.. (parameter.Kind == ParameterKind.Platform ? Platforms.Options : parameter.Options)
            .Select(o => new JsonObject { ["value"] = o.Value, ["label"] = o.Label })]),
    };

    private static JsonObject Answer(string member, JsonObject content) => Object(("version", new() { ["type"] = "integer", ["enum"] = new JsonArray(Version) }), (member, content));

    private static JsonObject Proposal(AgentTask task) => Object(
        ("id", new() { ["type"] = "string", ["enum"] = new JsonArray([.. task.Offered.Select(r => JsonValue.Create(r.Id))]) }),
        ("confidence", new() { ["type"] = "number" }),
        ("evidence", Text()),
        ("values", List(Object(("name", Text()), ("value", Text()), ("evidence", Text())))));

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject List(JsonObject of) => new() { ["type"] = "array", ["items"] = of };

    private static JsonObject OrNull(JsonObject other) => new() { ["anyOf"] = new JsonArray(other, new JsonObject { ["type"] = "null" }) };

    private static JsonObject Object(params (string Name, JsonObject Content)[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Content))),
        ["required"] = new JsonArray([.. members.Select(m => JsonValue.Create(m.Name))]),
        ["additionalProperties"] = false,
    };
}

using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Entra;

/// <summary>What Graph answers: a status and, unless it is 204, a body.</summary>
internal sealed record GraphAnswer(int Status, JsonObject? Body)
{
    public static readonly GraphAnswer Nothing = new(204, null);

    public static GraphAnswer Of(JsonObject body) => new(200, body);

    public static GraphAnswer Refused(int status, string code, string message) => new(status, new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = message,
            ["innerError"] = new JsonObject { ["date"] = "2026-11-22T10:00:00", ["request-id"] = "00000000-0000-0000-0000-000000000001", ["client-request-id"] = "00000000-0000-0000-0000-000000000001" },
        },
    });

    public static GraphAnswer Missing(string id) => Refused(404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphAnswer Denied() => Refused(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphAnswer Bad(string message, string code = "Request_BadRequest") => Refused(400, code, message);
}

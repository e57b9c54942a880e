using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Executors.Hosts;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>
/// What a host with a program of its own (<c>ForceCommand</c>) gets: always the same command word, and JSON on the input. infra/ssh/itops-bot-host is such a program.
/// </summary>
internal static class ForcedText
{
    public static readonly IReadOnlyList<string> RemoteWords = ["itops-bot"];

    public static string Of(ScriptJob job, string script) => new JsonObject
    {
        ["version"] = 1,
        ["kind"] = "script",
        ["path"] = job.Path,
        ["shell"] = "bash",
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script))),
        ["script"] = script,
        ["arguments"] = Words(job.Arguments.SelectMany(a => new[] { $"--{a.Key}", a.Value })),
        ["timeoutSeconds"] = (int)job.TimeOut.TotalSeconds,
    }.ToJsonString(JsonSerializerOptions.Default) + "\n";

    public static string Of(CommandJob job) => new JsonObject
    {
        ["version"] = 1,
        ["kind"] = "command",
        ["words"] = Words(job.Words),
        ["timeoutSeconds"] = (int)job.TimeOut.TotalSeconds,
    }.ToJsonString(JsonSerializerOptions.Default) + "\n";

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode)w)]);
}

using System.Text;
using System.Text.Json;
using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Agents.Protocol;

/// <summary>
/// What an agent in another process said, from JSON. Members that nobody asked for are passed over, whatever they name; one that was asked for and is of another
/// type makes the whole answer nonsense. What it says is not believed here: that is for <see cref="ProposalCheck"/>.
/// </summary>
internal static class AnswerDocument
{
    public const int LargestAnswer = 64 * 1024;

    private const int LongestList = 32;
    private const string Fence = "```";

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <exception cref="AgentFailedException">It is no answer, or too large a one.</exception>
    public static IReadOnlyList<AgentProposal> Runbooks(string text) => Read(text, root => List(root.GetProperty("runbooks"), Proposal));

    /// <inheritdoc cref="Runbooks"/>
    public static IReadOnlyList<AgentWish> Wishes(string text) => Read(text, root => List(root.GetProperty("wishes"), Wish));

    /// <inheritdoc cref="Runbooks"/>
    public static AgentProposal? Runbook(string text) => Read(text, root => ProposalOrNone(root, "runbook"));

    private static T Read<T>(string text, Func<JsonElement, T> read)
    {
        if (Encoding.UTF8.GetByteCount(text) > LargestAnswer)
            throw new AgentFailedException(AgentFailure.TooBig, "The answer has more than 64 KB.");
        try
        {
            using var document = JsonDocument.Parse(Unfenced(text), s_strict);
            return document.RootElement.TryGetProperty("version", out var version) && version.GetInt32() != TaskDocument.Version
                ? throw new AgentFailedException(AgentFailure.Nonsense, "The answer is of another version.")
                : read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new AgentFailedException(AgentFailure.Nonsense, "The answer is not the JSON that was asked for.", e);
        }
    }

    /// <summary>Models like to put JSON into a fence of Markdown.</summary>
    private static string Unfenced(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith(Fence, StringComparison.Ordinal) || !trimmed.EndsWith(Fence, StringComparison.Ordinal))
            return trimmed;
        var first = trimmed.IndexOf('\n', StringComparison.Ordinal);
        return first < 0 || first > trimmed.Length - Fence.Length ? trimmed : trimmed[first..^Fence.Length];
    }

    private static AgentWish Wish(JsonElement wish) => new(
        Text(wish, "text"),
        wish.TryGetProperty("after", out var after) && after.ValueKind != JsonValueKind.Null ? List(after, place => place.GetInt32()) : [],
        ProposalOrNone(wish, "runbook"));

    private static AgentProposal? ProposalOrNone(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var proposal) && proposal.ValueKind != JsonValueKind.Null ? Proposal(proposal) : null;

    private static AgentProposal Proposal(JsonElement proposal) => new(
        Text(proposal, "id"),
        proposal.GetProperty("confidence").GetDouble(),
        Text(proposal, "evidence"),
        proposal.TryGetProperty("values", out var values) && values.ValueKind != JsonValueKind.Null ? List(values, Value) : []);

    private static AgentValue Value(JsonElement value) => new(Text(value, "name"), Text(value, "value"), Text(value, "evidence"));

    private static string Text(JsonElement holder, string name) => holder.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static List<T> List<T>(JsonElement list, Func<JsonElement, T> read) => list.GetArrayLength() <= LongestList
        ? [.. list.EnumerateArray().Select(read)]
        : throw new FormatException($"A list has more than {LongestList} entries.");
}

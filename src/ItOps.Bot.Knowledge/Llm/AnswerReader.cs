using System.Text.Json;
using ItOps.Bot.Agents;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// Reads an answer as its schema says; members that the schema does not know are passed over, anything else that differs makes it no answer. Whether it may be
/// believed is not for here to say.
/// </summary>
internal sealed class AnswerReader(IReadOnlyList<Runbook> offered)
{
    private const int MostProposals = 12;
    private const int MostValues = 24;
    private const int MostBefore = 8;
    private const int LongestText = 1_000;
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public IReadOnlyList<AgentProposal> Proposals(string answer) => Read(answer, root => List(root, "proposals", MostProposals).Select(Proposal).OfType<AgentProposal>().ToList());

    public IReadOnlyList<AgentWish> Wishes(string answer) => Read(
        answer,
        root => List(root, "wishes", ProposalCheck.MostWishes)
            .Select(w => new AgentWish(Text(w, "text"), [.. List(w, "after", MostBefore).Select(place => place.GetInt32())], Proposal(w)))
            .ToList());

    public AgentProposal? Plan(string answer) => Read(answer, Proposal);

    /// <exception cref="AgentFailedException">It is not what was asked for.</exception>
    public static T Read<T>(string answer, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(answer, s_limits);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new AgentFailedException(AgentFailure.Nonsense, "The answer does not have the form that was asked for.", e);
        }
    }

    public static List<JsonElement> List(JsonElement of, string name, int most)
    {
        var list = of.GetProperty(name);
        return list.GetArrayLength() <= most ? [.. list.EnumerateArray()] : throw new AgentFailedException(AgentFailure.TooBig, $"The answer has more than {most} {name}.");
    }

    /// <summary>None when it names no runbook.</summary>
    private AgentProposal? Proposal(JsonElement json)
    {
        var runbook = Text(json, "runbook");
        if (runbook == AnswerSchema.NoRunbook)
            return null;
        if (!offered.Any(r => r.Id == runbook))
            throw new AgentFailedException(AgentFailure.Nonsense, "The answer names a runbook that was not offered.");
        var confidence = json.GetProperty("confidence").GetDouble();
        if (confidence is not (>= 0 and <= 1))
            throw new AgentFailedException(AgentFailure.Nonsense, "The answer's confidence is no number from 0 to 1.");
        var values = json.TryGetProperty("values", out _) ? List(json, "values", MostValues) : [];
        return new(runbook, confidence, Text(json, "evidence"), [.. values.Select(v => new AgentValue(Text(v, "parameter"), Text(v, "value"), Text(v, "evidence")))]);
    }

    private static string Text(JsonElement of, string name)
    {
        // Null for JSON's null, which is no text either.
        var text = of.GetProperty(name).GetString() ?? throw new FormatException();
        return text.Length <= LongestText ? text : throw new AgentFailedException(AgentFailure.TooBig, $"The answer's {name} has more than {LongestText} characters.");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.People;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>Whether the model answers, and in the form that it is asked for. Its being away degrades the bot and never stops it.</summary>
internal sealed class ModelSelfCheck(LlmOptions options, ModelCalls calls, ModelExchange exchange, TimeProvider time) : ISelfCheck
{
    private const string Word = "heron";

    public string Name => "model";

    public string? Problem => null;

    public string? Degraded => calls.IsResting ? "away; messages are read by rules alone until it is back" : null;

    /// <summary>One small question, which an endpoint that passes the schema over answers with something else.</summary>
    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        using var patience = new CancellationTokenSource(options.TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var where = $"{options.ChatModel} at {options.Endpoint}";
        try
        {
            var answer = await exchange.TryAsync(BinaryData.FromString(Question().Body(options).ToJsonString(ModelRequest.Text)), either.Token);
            results.Add(new("endpoint", null, $"{where} answers{(answer.InputTokens is null ? ", without saying how many tokens it took: they are estimated" : "")}"));
            results.Add(Keeps(answer.Text)
                ? new("answers", null, options.AnswerFormat == AnswerFormat.Schema ? "are held to a JSON schema" : "are JSON; the schema is only in the prompt (Knowledge:Llm:AnswerFormat)")
                : new("answers", options.AnswerFormat == AnswerFormat.Schema
                    ? "do not follow the JSON schema; use a model and server that can (docs/models.md), or set Knowledge:Llm:AnswerFormat to json"
                    : "are not the JSON that was asked for; use another model"));
        }
        catch (CallFailedException e)
        {
            results.Add(new("endpoint", $"{where}: {e.Message}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            results.Add(new("endpoint", $"{where} gave no whole answer within {options.TimeOut.TotalSeconds:0.#} s; is it loading the model, or is Knowledge:Llm:TimeOutSeconds too short?"));
        }

        results.Add(new("budget", null, string.Create(CultureInfo.InvariantCulture, $"{options.TokensPerPersonPerDay} tokens a day for each person, {options.TokensPerDay} for all")));
        return results;
    }

    private static ModelRequest Question() => new(
        "doctor",
        new PersonId("doctor"),
        "Say good morning in the form of JSON.",
        ["Good morning."],
        new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["word"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(Word) } },
            ["required"] = new JsonArray("word"),
            ["additionalProperties"] = false,
        });

    private static bool Keeps(string answer)
    {
        try
        {
            return AnswerReader.Read(answer, json => json.GetProperty("word").GetString() == Word);
        }
        catch (AgentFailedException)
        {
            return false;
        }
    }
}

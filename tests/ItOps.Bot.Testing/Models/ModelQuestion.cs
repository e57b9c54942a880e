using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Models;

/// <summary>A request to chat/completions, read as the bot's prompts are made, and ways to answer it in the form that it asks for.</summary>
public sealed class ModelQuestion
{
    internal ModelQuestion(JsonObject body, string raw)
    {
        (Body, Raw) = (body, raw);
        var messages = body["messages"]!.AsArray();
        Instructions = (string)messages[0]!["content"]!;
        var data = messages.Skip(1).Select(m => (string)m!["content"]!).ToList();
        What = (string?)body["response_format"]?["json_schema"]?["name"] ?? "json";
        Offer = data.Select(Parsed).FirstOrDefault(o => o?["runbooks"] is not null);
        var said = data.Where(d => d.StartsWith("<<<", StringComparison.Ordinal)).Select(d => Parsed(d.Split('\n')[1])).LastOrDefault();
        Message = (string?)said?["message"] ?? "";
        Earlier = [.. said?["earlier"]?.AsArray().Select(e => (string)e!) ?? []];
        Texts = [.. data.Select(Parsed).FirstOrDefault(o => o?["texts"] is not null)?["texts"]!.AsArray().Select(t => (string)t!) ?? []];
    }

    /// <summary>The whole body as it came.</summary>
    public string Raw { get; }

    public JsonObject Body { get; }

    /// <summary>The name of the schema: "runbooks", "wishes" or "values" for an agent's three questions, "translate" for texts.</summary>
    public string What { get; }

    public string Instructions { get; }

    /// <summary>What the person wrote, as the model reads it.</summary>
    public string Message { get; }

    public IReadOnlyList<string> Earlier { get; }

    public string Language => (string?)Offer?["language"] ?? "";

    public string? AskedFor => (string?)Offer?["askedFor"];

    /// <summary>Ids of the runbooks that are offered, likeliest first.</summary>
    public IReadOnlyList<string> Offered => [.. Offer?["runbooks"]!.AsArray().Select(r => (string)r!["id"]!) ?? []];

    /// <summary>Texts that are to be put into another language.</summary>
    public IReadOnlyList<string> Texts { get; }

    private JsonObject? Offer { get; }

    /// <summary>One runbook, with evidence and values, in the form that was asked for. A message that asks for one thing is one wish.</summary>
    public ModelReply Choose(string runbook, string evidence, double confidence = 0.9, params (string Parameter, string Value, string Evidence)[] values)
    {
        var proposal = Proposal(runbook, evidence, confidence, values);
        return ModelReply.Json(What switch
        {
            "runbooks" => new JsonObject { ["proposals"] = new JsonArray(proposal) },
            "wishes" => new JsonObject { ["wishes"] = new JsonArray(Wish(Message, [], proposal)) },
            _ => proposal,
        });
    }

    /// <summary>Several wishes, each with its runbook.</summary>
    public ModelReply Split(params ModelWish[] wishes) => What == "wishes"
        ? ModelReply.Json(new JsonObject { ["wishes"] = new JsonArray([.. wishes.Select(w => Wish(w.Text, w.After, Proposal(w.Runbook, w.Text, w.Confidence, w.Values)))]) })
        : throw new InvalidOperationException($"Wishes were not asked for, but {What}.");

    /// <summary>None of what is offered; texts as they are.</summary>
    public ModelReply Nothing() => What switch
    {
        "runbooks" => ModelReply.Json(new JsonObject { ["proposals"] = new JsonArray() }),
        "translate" => Render(text => text),
        _ => Choose("none", "", 0),
    };

    /// <summary>Each text in another language.</summary>
    public ModelReply Render(Func<string, string> render) => ModelReply.Json(new JsonObject { ["texts"] = new JsonArray([.. Texts.Select(t => JsonValue.Create(render(t)))]) });

    private static JsonObject Wish(string text, IReadOnlyList<int> after, JsonObject proposal)
    {
        var wish = new JsonObject { ["text"] = text, ["after"] = new JsonArray([.. after.Select(a => JsonValue.Create(a))]) };
        foreach (var (name, value) in proposal)
            wish[name] = value?.DeepClone();
        return wish;
    }

    private static JsonObject Proposal(string runbook, string evidence, double confidence, IEnumerable<(string Parameter, string Value, string Evidence)> values) => new()
    {
        ["runbook"] = runbook,
        ["confidence"] = confidence,
        ["evidence"] = evidence,
        ["values"] = new JsonArray([.. values.Select(v => new JsonObject { ["parameter"] = v.Parameter, ["value"] = v.Value, ["evidence"] = v.Evidence })]),
    };

    private static JsonObject? Parsed(string text) => text.StartsWith('{') ? JsonNode.Parse(text) as JsonObject : null;
}

/// <param name="Text">Words of the message; they are the evidence as well.</param>
public sealed record ModelWish(string Text, string Runbook, params (string Parameter, string Value, string Evidence)[] Values)
{
    public IReadOnlyList<int> After { get; init; } = [];

    public double Confidence { get; init; } = 0.9;
}

using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Teams;

/// <summary>A message of the bot as it stands in a conversation, and all that it was before.</summary>
public sealed record PostedActivity(string Id, string Conversation, JsonObject Json)
{
    public IReadOnlyList<JsonObject> Earlier { get; init; } = [];

    public string Text => (string?)Json["text"] ?? "";

    public TeamsCard? Card => Json["attachments"] is JsonArray { Count: > 0 } attachments ? new((JsonObject)attachments[0]!["content"]!) : null;
}

/// <summary>An Adaptive Card as a person reads it.</summary>
public sealed record TeamsCard(JsonObject Json)
{
    /// <summary>All that can be read on it, unfolded, one element a line.</summary>
    public string Text => string.Join('\n', Lines(Json["body"]));

    /// <summary>The large line, else the first.</summary>
    public string Title => Elements(Json["body"]).Where(e => e["inlines"] is JsonArray { Count: > 0 } runs && (string?)runs[0]!["size"] == "Medium").Select(Line).FirstOrDefault()
        ?? Lines(Json["body"]).FirstOrDefault() ?? "";

    /// <summary>Everything that can be pressed, also in folded parts.</summary>
    public IReadOnlyList<TeamsButton> Buttons => [.. Pressable(Json)];

    /// <summary>The answers of a list to choose from: title and value.</summary>
    public IReadOnlyList<(string Title, string Value)> Options =>
        [.. Elements(Json["body"]).Where(e => (string?)e["type"] == "Input.ChoiceSet").SelectMany(e => (JsonArray)e["choices"]!).Select(c => ((string)c!["title"]!, (string)c["value"]!))];

    /// <summary>The name that the form under Approve asks for; none when pressing is enough.</summary>
    public string? NameToType => (Json["actions"] as JsonArray ?? []).SelectMany(a => Elements(a!["card"]?["body"]))
        .Where(e => (string?)e["id"] == "typed").Select(e => ((string)e["label"]!).Split("To approve, type ")[1]).FirstOrDefault();

    public JsonObject? Refresh => Json["refresh"] as JsonObject;

    public IReadOnlyList<string>? RefreshFor => Refresh?["userIds"] is JsonArray ids ? [.. ids.Select(i => (string)i!)] : null;

    /// <summary>Every text that a client would read as Markdown.</summary>
    public IReadOnlyList<string> MarkdownTexts => [.. Elements(Json["body"]).Where(e => (string?)e["type"] == "TextBlock").Select(e => (string)e["text"]!)];

    private static IEnumerable<string> Lines(JsonNode? items) => Elements(items).Select(Line).Where(l => l.Length > 0);

    private static string Line(JsonObject element) => (string?)element["type"] switch
    {
        "TextBlock" => (string)element["text"]!,
        "RichTextBlock" => string.Concat(((JsonArray)element["inlines"]!).Select(r => (string?)r!["text"])),
        _ => "",
    };

    private static IEnumerable<JsonObject> Elements(JsonNode? items)
    {
        foreach (var element in (items as JsonArray ?? []).OfType<JsonObject>())
        {
            yield return element;
            foreach (var inner in Elements(element["items"]).Concat((element["columns"] as JsonArray ?? []).SelectMany(c => Elements(c!["items"]))))
                yield return inner;
        }
    }

    private static IEnumerable<TeamsButton> Pressable(JsonNode card)
    {
        var actions = (card["actions"] as JsonArray ?? []).Concat(Elements(card["body"]).SelectMany(e => e["actions"] as JsonArray ?? []));
        foreach (var action in actions.OfType<JsonObject>())
        {
            if (action["card"] is JsonObject inner)
            {
                foreach (var button in Pressable(inner))
                    yield return button with { Under = (string)action["title"]! };
            }
            else
            {
                yield return new((string?)action["title"] ?? "", action);
            }
        }
    }
}

/// <summary>Something to press. <paramref name="Title"/> is what stands on it.</summary>
public sealed record TeamsButton(string Title, JsonObject Action)
{
    /// <summary>The button that opens the part where this one is.</summary>
    public string? Under { get; init; }

    public string? Verb => (string?)Action["verb"];

    public string? Id => (string?)Action["data"]?["id"];

    public Uri? Url => Action["url"] is { } url ? new((string)url!) : null;
}

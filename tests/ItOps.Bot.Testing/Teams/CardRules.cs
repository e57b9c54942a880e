using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Teams;

/// <summary>What Teams takes for an Adaptive Card 1.5, as far as the bot uses them; what is not listed here is refused, so that a mistake shows.</summary>
public static class CardRules
{
    private static readonly HashSet<string> s_elements =
        ["TextBlock", "RichTextBlock", "Container", "ColumnSet", "ActionSet", "Input.Text", "Input.ChoiceSet"];

    private static readonly HashSet<string> s_actions = ["Action.Execute", "Action.Submit", "Action.ShowCard", "Action.ToggleVisibility", "Action.OpenUrl"];

    private static readonly HashSet<string> s_colors = ["Default", "Accent", "Good", "Warning", "Attention", "Dark", "Light"];

    /// <summary>What is wrong with it; none when nothing is.</summary>
    public static string? Problem(JsonNode? card, bool isInner = false)
    {
        if (card is not JsonObject o || (string?)o["type"] != "AdaptiveCard")
            return "type is not AdaptiveCard";
        if (!isInner && (string?)o["version"] != "1.5")
            return $"version is {o["version"]}, Action.Execute needs 1.5";
        if (o["actions"] is JsonArray { Count: > 6 } many)
            return $"{many.Count} actions, six are shown";
        if (o["refresh"] is { } refresh && ((string?)refresh["action"]?["type"] != "Action.Execute" || refresh["userIds"] is JsonArray { Count: 0 or > 60 }))
            return "refresh needs an Action.Execute, and at most 60 userIds";
        return Array(o["body"]).Select(Element).Concat(Array(o["actions"]).Select(Action)).FirstOrDefault(p => p is not null);
    }

    private static string? Element(JsonNode? element)
    {
        var type = (string?)element?["type"];
        if (type is null || !s_elements.Contains(type))
            return $"element {type ?? "without a type"} is not known";
        if (element!["color"] is { } color && !s_colors.Contains((string)color!))
            return $"colour {color} is not known";
        return type switch
        {
            "TextBlock" => ((string?)element["text"])?.Length > 0 ? null : "a TextBlock without text",
            "RichTextBlock" => Array(element["inlines"]).Any() ? Array(element["inlines"]).Select(Run).FirstOrDefault(p => p is not null) : "a RichTextBlock without runs",
            "Container" => Array(element["items"]).Select(Element).FirstOrDefault(p => p is not null),
            "ColumnSet" => Array(element["columns"]).SelectMany(c => Array(c?["items"])).Select(Element).FirstOrDefault(p => p is not null),
            "ActionSet" => Array(element["actions"]).Select(Action).FirstOrDefault(p => p is not null),
            _ => Input(element, type),
        };
    }

    private static string? Run(JsonNode? run) => (string?)run?["type"] == "TextRun" && ((string?)run["text"])?.Length > 0
        && (run["color"] is not { } color || s_colors.Contains((string)color!)) ? null : $"a run that is none: {run}";

    private static string? Input(JsonNode input, string type)
    {
        if (string.IsNullOrEmpty((string?)input["id"]) || string.IsNullOrEmpty((string?)input["label"]))
            return $"an {type} without id or label";
        if ((bool?)input["isRequired"] == true && string.IsNullOrEmpty((string?)input["errorMessage"]))
            return $"a required {type} without an error message";
        return type == "Input.ChoiceSet" && !Array(input["choices"]).Any() ? "a choice of nothing" : null;
    }

    private static string? Action(JsonNode? action)
    {
        var type = (string?)action?["type"];
        if (type is null || !s_actions.Contains(type))
            return $"action {type ?? "without a type"} is not known";
        if (string.IsNullOrEmpty((string?)action!["title"]))
            return $"an {type} without a title";
        if (action["style"] is { } style && (string)style! is not ("default" or "positive" or "destructive"))
            return $"style {style} is not known";
        return type switch
        {
            "Action.Execute" when string.IsNullOrEmpty((string?)action["verb"]) => "an Action.Execute without a verb",
            "Action.Execute" when (string?)action["fallback"]?["type"] != "Action.Submit" => "an Action.Execute without an Action.Submit for older clients",
            "Action.Execute" or "Action.Submit" => IsOpaque(action["data"]) ? null : $"data is more than an id and a verb: {action["data"]?.ToJsonString()}",
            "Action.ShowCard" => Problem(action["card"], isInner: true),
            "Action.OpenUrl" => Uri.TryCreate((string?)action["url"], UriKind.Absolute, out _) ? null : "an Action.OpenUrl without an absolute address",
            _ => Array(action["targetElements"]).Any() ? null : "a toggle of nothing",
        };
    }

    private static bool IsOpaque(JsonNode? data) => data is JsonObject o && o.All(p => p.Key is "id" or "verb");

    private static IEnumerable<JsonNode?> Array(JsonNode? node) => node as JsonArray ?? [];
}

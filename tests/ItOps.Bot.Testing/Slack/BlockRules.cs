using System.Text.Json;

namespace ItOps.Bot.Testing.Slack;

/// <summary>What Slack's servers check about Block Kit, from its reference; written apart from the bot's own limits.</summary>
public static class BlockRules
{
    private const int TextOfMessage = 11_000;

    private static readonly Dictionary<string, string[]> s_members = new(StringComparer.Ordinal)
    {
        ["header"] = ["text"],
        ["section"] = ["text", "fields", "accessory"],
        ["rich_text"] = ["elements"],
        ["actions"] = ["elements"],
        ["context"] = ["elements"],
        ["divider"] = [],
        ["input"] = ["label", "element", "hint", "optional"],
    };

    /// <summary>What is wrong with a message's blocks; nothing when Slack would take them.</summary>
    public static IReadOnlyList<string> OfMessage(JsonElement blocks)
    {
        var wrong = Blocks(blocks, 50, inView: false);
        if (wrong.Count == 0 && TextIn(blocks) > TextOfMessage)
            wrong.Add("msg_blocks_too_long");
        return wrong;
    }

    public static IReadOnlyList<string> OfView(JsonElement view)
    {
        var type = Text(view, "type");
        if (type is not ("modal" or "home"))
            return [$"a view of type '{type}'"];
        if (!view.TryGetProperty("blocks", out var blocks))
            return ["a view without blocks"];
        var wrong = Blocks(blocks, 100, inView: true);
        if (System.Text.Encoding.UTF8.GetByteCount(view.GetRawText()) > 250_000)
            wrong.Add("view_too_large");
        if ((Text(view, "private_metadata")?.Length ?? 0) > 3_000)
            wrong.Add("private_metadata is longer than 3000");
        if ((Text(view, "callback_id")?.Length ?? 0) > 255)
            wrong.Add("callback_id is longer than 255");
        if (type == "home")
            return wrong;
        Plain(wrong, view, "title", 24, required: true);
        Plain(wrong, view, "close", 24, required: false);
        var hasInput = blocks.EnumerateArray().Any(b => Text(b, "type") == "input");
        Plain(wrong, view, "submit", 24, required: hasInput);
        return wrong;
    }

    /// <summary>All ids of the blocks.</summary>
    public static IEnumerable<string> Ids(JsonElement blocks) => blocks.EnumerateArray().Select(b => Text(b, "block_id")).OfType<string>();

    private static List<string> Blocks(JsonElement blocks, int most, bool inView)
    {
        var wrong = new List<string>();
        if (blocks.ValueKind != JsonValueKind.Array)
            return ["blocks is not an array"];
        if (blocks.GetArrayLength() > most)
            wrong.Add($"more than {most} blocks");
        foreach (var block in blocks.EnumerateArray())
            Block(wrong, block, inView);
        Unique(wrong, Ids(blocks), "block_id");
        return wrong;
    }

    private static void Block(List<string> wrong, JsonElement block, bool inView)
    {
        var type = Text(block, "type") ?? "";
        if (!s_members.TryGetValue(type, out var members))
        {
            wrong.Add($"a block of type '{type}'");
            return;
        }

        wrong.AddRange(block.EnumerateObject().Where(p => p.Name is not ("type" or "block_id") && !members.Contains(p.Name)).Select(p => $"{type} has no '{p.Name}'"));
        Id(wrong, block, "block_id", required: false);
        switch (type)
        {
            case "header":
                Plain(wrong, block, "text", 150, required: true);
                break;
            case "section":
                AnyText(wrong, block, "text", 3_000);
                break;
            case "rich_text":
                RichText(wrong, block);
                break;
            case "actions":
                Elements(wrong, block);
                break;
            case "input" when !inView:
                wrong.Add("an input in a message");
                break;
            case "input":
                Plain(wrong, block, "label", 2_000, required: true);
                Plain(wrong, block, "hint", 2_000, required: false);
                Element(wrong, block.GetProperty("element"), ["plain_text_input"]);
                break;
        }
    }

    private static void RichText(List<string> wrong, JsonElement block)
    {
        var elements = block.GetProperty("elements");
        if (elements.GetArrayLength() == 0)
            wrong.Add("rich_text without elements");
        foreach (var element in elements.EnumerateArray())
        {
            switch (Text(element, "type"))
            {
                case "rich_text_section":
                    RichSection(wrong, element);
                    break;
                case "rich_text_list":
                    if (Text(element, "style") is not ("bullet" or "ordered"))
                        wrong.Add("a list of no style");
                    foreach (var entry in element.GetProperty("elements").EnumerateArray())
                    {
                        if (Text(entry, "type") != "rich_text_section")
                            wrong.Add("a list's entry that is no section");
                        RichSection(wrong, entry);
                    }

                    break;
                case var other:
                    wrong.Add($"rich_text has no '{other}' here");
                    break;
            }
        }
    }

    private static void RichSection(List<string> wrong, JsonElement section)
    {
        foreach (var piece in section.GetProperty("elements").EnumerateArray())
        {
            switch (Text(piece, "type"))
            {
                case "text" when Text(piece, "text") is not { Length: > 0 }:
                    wrong.Add("an empty text in rich_text");
                    break;
                case "text":
                    break;
                case "date" when piece.GetProperty("timestamp").ValueKind != JsonValueKind.Number || Text(piece, "format") is not { Length: > 0 }:
                    wrong.Add("a date that is none");
                    break;
                case "date":
                    break;
                case var other:
                    wrong.Add($"rich_text_section has no '{other}' here: it could be a mention");
                    break;
            }
        }
    }

    private static void Elements(List<string> wrong, JsonElement block)
    {
        var elements = block.GetProperty("elements");
        if (elements.GetArrayLength() is < 1 or > 25)
            wrong.Add("actions with no element, or more than 25");
        foreach (var element in elements.EnumerateArray())
            Element(wrong, element, ["button", "static_select"]);
        Unique(wrong, elements.EnumerateArray().Select(e => Text(e, "action_id")).OfType<string>(), "action_id");
    }

    private static void Element(List<string> wrong, JsonElement element, string[] allowed)
    {
        var type = Text(element, "type") ?? "";
        if (!allowed.Contains(type))
            wrong.Add($"an element of type '{type}' here");
        Id(wrong, element, "action_id", required: true);
        switch (type)
        {
            case "button":
                Plain(wrong, element, "text", 75, required: true);
                Longest(wrong, element, "value", 2_000);
                Longest(wrong, element, "url", 3_000);
                if (Text(element, "style") is { } style and not ("primary" or "danger"))
                    wrong.Add($"a button of style '{style}'");
                break;
            case "static_select":
                Plain(wrong, element, "placeholder", 150, required: false);
                var options = element.GetProperty("options");
                if (options.GetArrayLength() is < 1 or > 100)
                    wrong.Add("a menu without options, or with more than 100");
                foreach (var option in options.EnumerateArray())
                {
                    Plain(wrong, option, "text", 75, required: true);
                    Plain(wrong, option, "description", 75, required: false);
                    if (Text(option, "value") is not { Length: > 0 and <= 150 })
                        wrong.Add("an option's value is empty or longer than 150");
                }

                break;
            case "plain_text_input":
                var most = element.TryGetProperty("max_length", out var limit) ? limit.GetInt32() : 3_000;
                if (most is < 1 or > 3_000)
                    wrong.Add("max_length is not 1 to 3000");
                if ((Text(element, "initial_value")?.Length ?? 0) > most)
                    wrong.Add("initial_value is longer than max_length");
                break;
        }
    }

    private static void Plain(List<string> wrong, JsonElement of, string name, int most, bool required)
    {
        if (!of.TryGetProperty(name, out var text))
        {
            if (required)
                wrong.Add($"there is no {name}");
            return;
        }

        if (Text(text, "type") != "plain_text")
            wrong.Add($"{name} is not plain_text");
        if (Text(text, "text") is not { } value || string.IsNullOrWhiteSpace(value) || value.Length > most)
            wrong.Add($"{name} is empty or longer than {most}");
    }

    private static void AnyText(List<string> wrong, JsonElement of, string name, int most)
    {
        if (!of.TryGetProperty(name, out var text) || Text(text, "text") is not { } value || string.IsNullOrWhiteSpace(value) || value.Length > most)
            wrong.Add($"{name} is missing, empty or longer than {most}");
    }

    private static void Longest(List<string> wrong, JsonElement of, string name, int most)
    {
        if ((Text(of, name)?.Length ?? 0) > most)
            wrong.Add($"{name} is longer than {most}");
    }

    private static void Id(List<string> wrong, JsonElement of, string name, bool required)
    {
        if (Text(of, name) is not { } id ? required : id.Length is 0 or > 255)
            wrong.Add($"{name} is missing, empty or longer than 255");
    }

    private static void Unique(List<string> wrong, IEnumerable<string> ids, string name)
    {
        foreach (var twice in ids.GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1))
            wrong.Add($"{name} '{twice.Key}' is there twice");
    }

    private static int TextIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Sum(TextIn),
        JsonValueKind.Object => element.EnumerateObject().Sum(p => p is { Name: "text", Value.ValueKind: JsonValueKind.String } ? p.Value.GetString()!.Length : TextIn(p.Value)),
        _ => 0,
    };

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

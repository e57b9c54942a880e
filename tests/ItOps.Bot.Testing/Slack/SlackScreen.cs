using System.Text;
using System.Text.Json;

namespace ItOps.Bot.Testing.Slack;

/// <summary>Blocks as a person sees them.</summary>
public static class SlackScreen
{
    public static string Read(JsonElement blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks.EnumerateArray())
        {
            Append(text, block);
            text.Append('\n');
        }

        return text.ToString().Trim();
    }

    public static IReadOnlyList<SlackButton> Buttons(JsonElement blocks) =>
        [.. blocks.EnumerateArray().Where(b => Text(b, "type") == "actions").SelectMany(b => b.GetProperty("elements").EnumerateArray().SelectMany(e => Of(Text(b, "block_id") ?? "", e)))];

    private static IEnumerable<SlackButton> Of(string block, JsonElement element)
    {
        var action = Text(element, "action_id")!;
        if (Text(element, "type") == "button")
            return [new(block, action, Plain(element, "text"), Text(element, "value"), Text(element, "url"), Text(element, "style"), InMenu: false)];
        return element.GetProperty("options").EnumerateArray().Select(o => new SlackButton(block, action, Plain(o, "text"), Text(o, "value"), null, null, InMenu: true));
    }

    private static void Append(StringBuilder text, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var part in element.EnumerateArray())
                Append(text, part);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            switch (Text(element, "type"))
            {
                case "text" or "plain_text" or "mrkdwn":
                    text.Append(Text(element, "text"));
                    break;
                case "date":
                    text.Append(Text(element, "fallback"));
                    break;
                case "actions":
                    text.Append(string.Join(' ', Buttons(JsonSerializer.SerializeToElement(new[] { element })).Select(b => $"[{b.Label}]")));
                    break;
                case "rich_text_list":
                    foreach (var entry in element.GetProperty("elements").EnumerateArray())
                    {
                        text.Append("\n- ");
                        Append(text, entry);
                    }

                    text.Append('\n');
                    break;
                default:
                    foreach (var member in element.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object))
                        Append(text, member.Value);
                    break;
            }
        }
    }

    private static string Plain(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? Text(text, "text") ?? "" : "";

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

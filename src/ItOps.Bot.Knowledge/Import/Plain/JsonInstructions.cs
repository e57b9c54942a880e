using System.Text;
using System.Text.Json;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Import.Plain;

/// <summary>Instructions of a JSON list: one object each, its names like the columns of a table, its values texts or lists of texts.</summary>
internal static class JsonInstructions
{
    private const int MostObjects = 500;
    private const int Deepest = 6;

    public static IReadOnlyList<PlainInstruction> Read(string text, FileProblems problems)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            var list = document.RootElement;
            if (list.ValueKind == JsonValueKind.Object && list.EnumerateObject().Select(p => p.Value).Where(v => v.ValueKind == JsonValueKind.Array).ToList() is [var only])
                list = only;
            if (list.ValueKind != JsonValueKind.Array)
                problems.Add(1, "expected a list of objects: [ { \"title\": …, \"symptoms\": […], \"steps\": […] } ]");
            else if (list.GetArrayLength() > MostObjects)
                problems.Add(1, $"has {list.GetArrayLength()} objects, and {MostObjects} are the most; import them in parts");
            else
                return Instructions(list, Lines(utf8), problems);
        }
        catch (JsonException broken)
        {
            problems.Add((int)(broken.LineNumber ?? 0) + 1, "this is not valid JSON, nested too deep, or names something twice; check commas, quotes and brackets here");
        }

        return [];
    }

    private static List<PlainInstruction> Instructions(JsonElement list, IReadOnlyList<int> lines, FileProblems problems)
    {
        var instructions = new List<PlainInstruction>();
        foreach (var item in list.EnumerateArray())
        {
            var line = lines.ElementAtOrDefault(instructions.Count);
            var made = new PlainInstruction(line);
            if (item.ValueKind != JsonValueKind.Object)
                problems.Add(line, "an item is no object; write { \"title\": …, \"steps\": […] }");
            else
                made = item.EnumerateObject().Aggregate(made, (so, property) => so.With(property.Name, Texts(property, line, problems)));
            instructions.Add(made);
        }

        return instructions;
    }

    private static List<string> Texts(JsonProperty property, int line, FileProblems problems)
    {
        var values = property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToList() : [property.Value];
        if (values.Exists(v => v.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
            problems.Add(line, $"'{(property.Name.Length > 40 ? property.Name[..40] : property.Name)}' must be a text or a list of texts");
        return [.. values.Where(v => v.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(v => v.ToString())];
    }

    /// <summary>In which line each object of the list begins.</summary>
    private static List<int> Lines(byte[] utf8)
    {
        var lines = new List<int>();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
        int line = 1, counted = 0;
        int? depth = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray)
                depth ??= reader.CurrentDepth + 1;
            if (reader.CurrentDepth != depth || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName)
                continue;
            var at = (int)reader.TokenStartIndex;
            line += utf8.AsSpan(counted, at - counted).Count((byte)'\n');
            counted = at;
            lines.Add(line);
        }

        return lines;
    }
}

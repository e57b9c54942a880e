using System.Globalization;
using System.Text.Json;
using ItOps.Bot.Cloud;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Executors.AwsCli;

/// <summary>Reads an answer of AWS by the rules of its call.</summary>
internal static class AwsReading
{
    private const int LongestFact = 200;

    public static (IReadOnlyList<AwsMeaning> Found, IReadOnlyDictionary<string, string> Facts) Of(AwsCall call, JsonElement json, DateTimeOffset now)
    {
        var facts = call.Facts.Select(f => KeyValuePair.Create(f.Key, Cut(string.Join(", ", At(json, f.Value).Select(Text).OfType<string>())))).Where(f => f.Value.Length > 0);
        return ([.. call.Findings.Where(rule => Holds(rule, json, now)).Select(rule => rule.Meaning)], new Dictionary<string, string>(facts));
    }

    private static bool Holds(AwsRule rule, JsonElement json, DateTimeOffset now)
    {
        var values = At(json, rule.At).Where(v => v.ValueKind is not JsonValueKind.Null).ToList();
        if (rule.Missing)
            return values.Count == 0;
        if (rule.OlderThanDays is { } days)
            return values.Exists(v => DateTimeOffset.TryParse(Text(v), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && now - at > TimeSpan.FromDays(days));
        return values.Exists(v => Text(v) is { } text && rule.Is.Contains(text));
    }

    private static IEnumerable<JsonElement> At(JsonElement json, string path)
    {
        IEnumerable<JsonElement> values = [json];
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            values = values.SelectMany(v => v.ValueKind == JsonValueKind.Object && v.TryGetProperty(name, out var inner) ? [inner] : Array.Empty<JsonElement>());
            if (bracket >= 0)
                values = values.SelectMany(v => Items(v, part[(bracket + 1)..^1]));
        }

        return values;
    }

    private static IEnumerable<JsonElement> Items(JsonElement list, string index)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return [];
        return index == "*" ? list.EnumerateArray() : list.EnumerateArray().Skip(int.Parse(index, CultureInfo.InvariantCulture)).Take(1);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static string Cut(string text) => text.Length <= LongestFact ? text : text[..LongestFact] + "…";
}

using System.Text.Json;

namespace ItOps.Bot.Testing.Reporting;

/// <summary>What a measuring command prints: rows in aligned columns as they come, and one JSON line at the end.</summary>
public sealed class ResultTable(TextWriter output, params IReadOnlyList<(string Title, int Width)> columns)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public void Head() => Row([.. columns.Select(c => c.Title)]);

    /// <summary>The first column is words, the others are figures.</summary>
    public void Row(params IReadOnlyList<string> cells)
    {
        var padded = cells.Select((cell, i) => i == 0 ? cell.PadRight(columns[i].Width) : cell.PadLeft(columns[i].Width));
        output.WriteLine(string.Join("  ", padded).TrimEnd());
        output.Flush();
    }

    public static string Json<T>(T result) => JsonSerializer.Serialize(result, s_json);
}

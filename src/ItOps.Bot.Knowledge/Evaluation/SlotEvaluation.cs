using System.Text.Json;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>
/// Measures the reading of slots: each expected value is one to find. A line whose runbook is not in the catalogue is read as nothing, because there
/// is no parameter to read it for.
/// </summary>
public static class SlotEvaluation
{
    private sealed record Line(string Text, string Label, Dictionary<string, JsonElement> Slots)
    {
        public Dictionary<string, List<string>> SlotAlternatives { get; init; } = [];

        public List<string> SlotsOptional { get; init; } = [];
    }

    /// <summary>A slot that no line of the file speaks of was not labelled, and is not counted.</summary>
    /// <param name="file">JSON lines with <c>text</c>, <c>label</c>, <c>slots</c> and optional <c>slot_alternatives</c>, <c>slots_optional</c>.</param>
    public static SlotReport Run(string file, RunbookCatalog catalog, ISlotReader reader)
    {
        var lines = JsonLines.Read<Line>(file, "a slot line with 'text', 'label' and 'slots'");
        int right = 0, given = 0, wanted = 0, exact = 0;
        var labelled = lines.SelectMany(l => l.Slots.Keys.Concat(l.SlotsOptional)).ToHashSet(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            IReadOnlyDictionary<string, IReadOnlyList<string>> read =
                catalog.Find(line.Label) is { } runbook ? reader.Read(runbook, line.Text) : new Dictionary<string, IReadOnlyList<string>>();
            var (lineRight, lineGiven, lineWanted) = Compare(line, read.Where(r => labelled.Contains(r.Key)).ToDictionary());
            right += lineRight;
            given += lineGiven;
            wanted += lineWanted;
            if (lineRight == lineGiven && lineRight == lineWanted)
                exact++;
        }

        return new SlotReport(lines.Count, Scores.Of(right, given, wanted).F1, Math.Round((double)exact / lines.Count, 4));
    }

    /// <summary>An optional slot counts neither way when it is missing, and as found when it is right.</summary>
    private static (int Right, int Given, int Wanted) Compare(Line line, Dictionary<string, IReadOnlyList<string>> read)
    {
        int right = 0, given = 0, wanted = 0;
        foreach (var (slot, value) in line.Slots)
        {
            var expected = Values(value);
            var found = read.GetValueOrDefault(slot) ?? [];
            if (found.Count == 0 && line.SlotsOptional.Contains(slot))
                continue;

            var isAlternative = found.Count == 1 && line.SlotAlternatives.TryGetValue(slot, out var others) && others.Contains(found[0], StringComparer.OrdinalIgnoreCase);
            right += isAlternative ? expected.Count : expected.Count(e => found.Contains(e, StringComparer.OrdinalIgnoreCase));
            wanted += expected.Count;
            given += isAlternative ? expected.Count : found.Count;
        }

        given += read.Where(r => !line.Slots.ContainsKey(r.Key) && !line.SlotsOptional.Contains(r.Key)).Sum(r => r.Value.Count);
        return (right, given, wanted);
    }

    private static List<string> Values(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(v => v.ToString())]
        : [value.ToString()];
}

/// <summary><paramref name="F1"/> over single values; <paramref name="Exact"/> is the share of lines where all are right.</summary>
public sealed record SlotReport(int Utterances, double F1, double Exact)
{
    public override string ToString() => JsonSerializer.Serialize(this, ReportJson.Options);
}

using System.Text.Json;
using System.Text.RegularExpressions;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>What a script printed, sorted: findings, facts (lines that are JSON objects), and everything else.</summary>
internal static partial class ScriptOutput
{
    private const int MostFindings = 20;
    private const int MostFacts = 30;
    private const int LongestFact = 200;

    public static StepOutput Of(IReadOnlyList<string> output, IReadOnlyList<string> errors)
    {
        var lines = new List<string>();
        var findings = new List<Finding>();
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output)
        {
            if (FindingLine.Read(line) is { } finding)
                findings.Add(finding);
            else if (!TakeFacts(line, facts))
                lines.Add(line);
        }

        return new StepOutput
        {
            // Worst first; the script's own order within a level, which OrderBy keeps.
            Findings = [.. findings.OrderByDescending(finding => finding.Level).Take(MostFindings)],
            Lines = [.. lines, .. errors],
            Facts = facts,
        };
    }

    /// <summary>What a line means to a person who watches; none when it means nothing to them.</summary>
    public static string? Told(string line) => FindingLine.Read(line)?.Text;

    private static bool TakeFacts(string line, Dictionary<string, string> facts)
    {
        if (!line.StartsWith('{') || !line.EndsWith('}'))
            return false;
        try
        {
            using var json = JsonDocument.Parse(line);
            foreach (var property in json.RootElement.EnumerateObject().Where(p => Name().IsMatch(p.Name)))
            {
                if (Scalar(property.Value) is { Length: > 0 } value && (facts.Count < MostFacts || facts.ContainsKey(property.Name)))
                    facts[property.Name] = value.Length <= LongestFact ? value : value[..LongestFact] + "…";
            }

            return true;
        }
        catch (JsonException)
        {
            // Not JSON after all: a line like any other.
            return false;
        }
    }

    private static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Processes.PlainText.Of(value.GetString()!).Trim(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex Name();
}

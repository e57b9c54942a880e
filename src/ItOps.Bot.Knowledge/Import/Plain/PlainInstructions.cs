using System.Text;
using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import.Plain;

/// <summary>Makes draft runbooks of a table or a list of instructions: one guide step for each action, a hand-off at the end, and nothing that the bot would do itself.</summary>
internal static partial class PlainInstructions
{
    private const string Unsorted = "unsorted";

    public static bool IsOne(string path) => !path.Contains('/') && Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".json";

    public static (IReadOnlyList<BundleFile> Drafts, IReadOnlyList<SourceProblem> Problems) ToDrafts(BundleFile file, string? category)
    {
        var problems = new FileProblems(file.Path);
        var text = BundleText.Decode(file.Content, problems);
        var instructions = text is null ? [] : Path.GetExtension(file.Path).Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? CsvInstructions.Read(text, problems)
            : JsonInstructions.Read(text, problems);
        if (!problems.Any && instructions.Count == 0)
            problems.Add(1, "has no instructions in it");

        var drafts = new List<BundleFile>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instruction in instructions.Where(i => IsWhole(i, problems)))
        {
            var id = Free(PlainText.Id(instruction.Title), instruction.Line, ids);
            drafts.Add(new($"{Category(instruction, category, problems)}/{id}.md", Encoding.UTF8.GetBytes(DraftText.Of(id, instruction))));
        }

        return problems.Any ? ([], problems.All) : (drafts, []);
    }

    private static bool IsWhole(PlainInstruction instruction, FileProblems problems)
    {
        if (instruction.Title.Length == 0)
            problems.Add(instruction.Line, "has no title; say what it is about");
        else if (instruction.Steps.Count == 0)
            problems.Add(instruction.Line, "has no steps; write what to do, one action per line");
        return instruction is { Title.Length: > 0, Steps.Count: > 0 };
    }

    private static string Category(PlainInstruction instruction, string? category, FileProblems problems)
    {
        var name = category ?? (instruction.Category.Length > 0 ? instruction.Category.ToLowerInvariant() : Unsorted);
        if (!PlainName().IsMatch(name))
            problems.Add(instruction.Line, $"the category '{name}' may hold letters, digits, dash and underscore only, such as 'network'");
        return name;
    }

    private static string Free(string id, int line, HashSet<string> taken)
    {
        var wanted = id.Length > 0 ? id : $"draft_{line}";
        var free = wanted;
        for (var i = 2; !taken.Add(free); i++)
            free = $"{wanted}_{i}";
        return free;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_-]*\z")]
    private static partial Regex PlainName();
}

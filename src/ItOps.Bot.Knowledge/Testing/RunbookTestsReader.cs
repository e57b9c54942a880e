using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>Makes the cases of one <c>tests.yaml</c>, or says in which lines it is wrong. Touches no disk.</summary>
public static class RunbookTestsReader
{
    public const string FileName = "tests.yaml";

    private const int MostCases = 500;

    /// <summary>Where the tests of a runbook lie, relative to the runbook folder.</summary>
    public static string PathOf(Runbook runbook) => $"{runbook.Category}/{runbook.Id}/{FileName}";

    public static (RunbookTests? Tests, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        var tests = RunbookFile.Decode(content, problems) is { } text && YamlText.Parse(text, 0, problems) is { } map ? Tests(path, map, problems) : null;
        return problems.Any ? (null, problems.All) : (tests, []);
    }

    private static RunbookTests Tests(string path, YamlMap map, FileProblems problems)
    {
        var root = new YamlObject(map, "", TestShapes.Tests, problems);
        var tests = new RunbookTests(path)
        {
            Finds = Texts(root, "finds", problems),
            Ignores = Texts(root, "ignores", problems),
            Slots = [.. root.Objects("slots", _ => TestShapes.Slot).Select(s => new SlotCase(s.Text("text") ?? "", s.TextMap("is"), s.Line))],
            Plans = [.. root.Objects("plans", _ => TestShapes.Plan).Select(p => new PlanCase(p.Text("as") ?? "", p.Text("says") ?? "", p.TextMap("answers"), p.Texts("steps"), p.Line))],
        };
        if (tests.Cases > MostCases)
            problems.Add(1, $"has {tests.Cases} cases, and {MostCases} are the most; keep those that tell something");
        foreach (var twice in tests.Finds.Where(f => tests.Ignores.Any(i => i.Text == f.Text)))
            problems.Add(twice.Line, $"'{twice.Text}' is under 'finds' and under 'ignores'; keep one");
        return tests;
    }

    private static List<TestText> Texts(YamlObject root, string key, FileProblems problems) =>
        [.. root.Texts(key).Select((text, i) => new TestText(text, problems.Lines[$"{key}[{i}]"]))];
}

using System.Text.RegularExpressions;

namespace ItOps.Bot.Tests.Architecture;

/// <summary>The auditor's checklist names tests; a test that is renamed or gone must not leave a claim without its proof.</summary>
public sealed partial class ChecklistTests
{
    [Fact]
    public void Every_test_that_the_checklist_names_is_there()
    {
        var rows = Sources.Read("docs/security.md").Split('\n').SkipWhile(l => l != "## Checklist").Where(l => Row().IsMatch(l)).ToList();
        var tests = Directory.EnumerateFiles(Path.Combine(Sources.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Sources.Root, "tests"), "*Stories.cs", SearchOption.AllDirectories))
            .ToLookup(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText);

        Assert.InRange(rows.Count, 24, 100);
        foreach (var row in rows)
        {
            var names = Quoted().Matches(row.Split('|')[3]).Select(m => m.Groups[1].Value).ToList();
            Assert.True(names.Count > 0, $"no test holds: {row}");
            foreach (var name in names.Select(n => n.Split('.')))
                Assert.True(tests[name[0]].Any(text => name.Length == 1 || text.Contains($" {name[1]}(", StringComparison.Ordinal)), $"{string.Join('.', name)} does not exist: {row}");
        }
    }

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}

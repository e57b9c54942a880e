using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>The tests that lie beside the runbooks of a folder.</summary>
public sealed record TestFiles(IReadOnlyList<RunbookTests> Tests, IReadOnlyList<SourceProblem> Problems)
{
    /// <summary>Runbooks that people find, and that have none.</summary>
    public IReadOnlyList<SourceProblem> Missing { get; private init; } = [];

    public static TestFiles Read(string folder, IEnumerable<RunbookSource> sources)
    {
        var all = new List<RunbookTests>();
        var problems = new List<SourceProblem>();
        var missing = new List<SourceProblem>();
        foreach (var source in sources)
        {
            var path = RunbookTestsReader.PathOf(source.Runbook);
            var file = new FileInfo(Path.Combine(folder, path));
            if (!file.Exists)
            {
                // Whoever is only followed from another runbook is found by nobody's words.
                if (source.Runbook.IsFound)
                    missing.Add(new(source.Runbook.Source, 1, $"has no tests; write {path} with texts that must find it, and texts that must not"));
                continue;
            }

            var (tests, found) = file.LinkTarget is null && file.Directory!.LinkTarget is null
                ? RunbookTestsReader.Read(path, Content(file))
                : (null, [new SourceProblem(path, 1, "is a symbolic link, and links are not followed; put the file itself here")]);
            problems.AddRange(found);
            if (tests is not null)
                all.Add(tests);
        }

        return new(all, problems) { Missing = missing };
    }

    /// <summary>One byte more than allowed is enough for the reader to refuse a file of any size.</summary>
    private static byte[] Content(FileInfo file)
    {
        using var stream = file.OpenRead();
        var content = new byte[(int)Math.Min(file.Length, RunbookFile.LargestBytes + 1)];
        stream.ReadExactly(content);
        return content;
    }
}

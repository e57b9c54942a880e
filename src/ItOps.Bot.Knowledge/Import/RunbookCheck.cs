using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Testing;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>Holds what is brought along against the library that it would become part of. Pure.</summary>
internal static class RunbookCheck
{
    public static IReadOnlyList<SourceProblem> Check(
        IReadOnlyCollection<RunbookSource> library, RunbookBundle incoming, IReadOnlyCollection<OperationDescriptor> operations, CommandPolicy? commands = null)
    {
        if (incoming.Problems.Count > 0)
            return incoming.Problems;

        var sources = incoming.Runbooks.Select(r => r.Source).ToList();
        var merged = Merge(library, sources);
        var known = RunbookLinter.Lint(library, operations, commands).ToHashSet();
        var problems = sources.SelectMany(s => Place(s, library)).Concat(RunbookLinter.Lint(merged, operations, commands).Where(p => !known.Contains(p))).ToList();
        if (problems.Count == 0)
            problems.AddRange(TheftTest.Find(library, sources));
        return [.. problems.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];
    }

    /// <summary>The library as it would be.</summary>
    public static IReadOnlyList<RunbookSource> Merge(IReadOnlyCollection<RunbookSource> library, IReadOnlyCollection<RunbookSource> incoming)
    {
        var replaced = incoming.Select(s => s.Runbook.Id).ToHashSet(StringComparer.Ordinal);
        return [.. library.Where(s => !replaced.Contains(s.Runbook.Id)), .. incoming];
    }

    private static IEnumerable<SourceProblem> Place(RunbookSource source, IReadOnlyCollection<RunbookSource> library)
    {
        if (library.FirstOrDefault(s => s.Runbook.Id == source.Runbook.Id) is not { Runbook: var present })
            yield break;
        if (present.Category != source.Runbook.Category)
            yield return new(source.Runbook.Source, source.LineOf("id"), $"'{present.Id}' lies in '{present.Category}' already; put the file there, or choose another id");
        if (source.Runbook.Version <= present.Version)
        {
            yield return new(source.Runbook.Source, source.LineOf("version"),
                $"the version is {source.Runbook.Version}, and the library has version {present.Version} of '{present.Id}'; raise it to {present.Version + 1}, because what waits for a decision binds to it");
        }
    }
}

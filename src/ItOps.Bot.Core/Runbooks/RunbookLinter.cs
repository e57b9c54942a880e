using ItOps.Bot.Commands;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks;

/// <summary>
/// Checks what a file alone cannot tell: whether the runbooks fit each other and the operations that are there. Pure; findings are ordered by
/// file and line.
/// </summary>
public static class RunbookLinter
{
    /// <param name="sources">The whole catalogue.</param>
    /// <param name="operations">Everything the bot can run; none of them means that every <c>run</c> step is a finding.</param>
    /// <param name="commands">The commands that there may be; without it every line of a <c>commands</c> step is a finding.</param>
    public static IReadOnlyList<SourceProblem> Lint(
        IReadOnlyCollection<RunbookSource> sources, IReadOnlyCollection<OperationDescriptor> operations, CommandPolicy? commands = null)
    {
        var findings = new List<SourceProblem>();
        var all = sources.DistinctBy(s => s.Runbook.Id).ToDictionary(s => s.Runbook.Id, s => s.Runbook, StringComparer.Ordinal);

        foreach (var source in sources)
            Check(source, all, operations, commands, findings);

        findings.AddRange(UtteranceOverlap.Find(sources));
        return InOrder(findings);
    }

    /// <summary>What is wrong with one runbook alone, or between it and the others, in its own lines.</summary>
    /// <param name="others">The catalogue without it.</param>
    public static IReadOnlyList<SourceProblem> LintOne(
        RunbookSource source, IReadOnlyCollection<RunbookSource> others, IReadOnlyCollection<OperationDescriptor> operations, CommandPolicy? commands = null)
    {
        var findings = new List<SourceProblem>();
        IReadOnlyCollection<RunbookSource> together = [.. others, source];
        Check(source, together.DistinctBy(s => s.Runbook.Id).ToDictionary(s => s.Runbook.Id, s => s.Runbook, StringComparer.Ordinal), operations, commands, findings);
        findings.AddRange(UtteranceOverlap.Find(together, source.Runbook.Id).Where(f => f.File == source.Runbook.Source));
        return InOrder(findings);
    }

    private static void Check(
        RunbookSource source,
        IReadOnlyDictionary<string, Runbook> all,
        IReadOnlyCollection<OperationDescriptor> operations,
        CommandPolicy? commands,
        List<SourceProblem> findings)
    {
        void Report(string path, string message) => findings.Add(new SourceProblem(source.Runbook.Source, source.LineOf(path), message));

        HeadRules.Check(source.Runbook, all, Report);
        StepRules.Check(source, operations, Report);
        ParameterRules.Check(source.Runbook, Report);
        CommandRules.Check(source.Runbook, commands ?? CommandPolicy.None, Report);
    }

    private static IReadOnlyList<SourceProblem> InOrder(IEnumerable<SourceProblem> findings) =>
        [.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Message, StringComparer.Ordinal)];
}

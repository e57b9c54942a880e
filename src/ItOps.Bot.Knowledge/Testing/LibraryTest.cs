using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>Holds a library against the tests of its runbooks, and each runbook against the others.</summary>
public sealed class LibraryTest(
    IReadOnlyCollection<RunbookSource> sources, IReadOnlyCollection<RunbookTests> tests, ISlotReader slots, IReadOnlyCollection<OperationDescriptor> operations, IPlanRehearsal rehearsal)
{
    private readonly Answering _answering = new(sources.Select(s => s.Runbook));

    /// <param name="only">The runbooks to be tested, against all others; null for all.</param>
    public async Task<TestReport> RunAsync(IReadOnlySet<string>? only, CancellationToken cancellationToken)
    {
        var (thefts, leftOut) = TheftTest.Find(sources, tests);
        var problems = thefts.ToList();
        var tested = new List<TestedRunbook>();
        foreach (var source in sources.Where(s => only?.Contains(s.Runbook.Id) ?? true).OrderBy(s => s.Runbook.Id, StringComparer.Ordinal))
        {
            var own = tests.FirstOrDefault(t => t.Id == source.Runbook.Id) ?? new RunbookTests(RunbookTestsReader.PathOf(source.Runbook));
            var ties = 0;
            List<SourceProblem> wrong = [.. Finds(source.Runbook, own, () => ties++), .. Ignores(source.Runbook, own), .. own.Slots.SelectMany(s => Slots(source.Runbook, own, s))];
            foreach (var plan in own.Plans)
                wrong.AddRange(await PlanAsync(source.Runbook, own, plan, cancellationToken));
            problems.AddRange(wrong);
            tested.Add(new(source.Runbook.Id, own.Cases, wrong.DistinctBy(p => p.Line).Count(), ties, leftOut.ById.GetValueOrDefault(source.Runbook.Id)));
        }

        var others = sources.Where(s => !(only?.Contains(s.Runbook.Id) ?? true)).Select(s => s.Runbook.Source).ToHashSet(StringComparer.Ordinal);
        return new([.. problems.Where(p => !others.Contains(p.File)).Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)], tested);
    }

    private IEnumerable<SourceProblem> Finds(Runbook runbook, RunbookTests own, Action tie)
    {
        if (runbook.IsFound && own.Cases > 0 && (own.Finds.Count == 0 || own.Ignores.Count == 0))
            yield return new(own.Path, 1, "has no texts under 'finds' or none under 'ignores'; write some of both");
        foreach (var find in own.Finds)
        {
            var answer = _answering.Of(find.Text);
            if (runbook.Utterances.Contains(find.Text, StringComparer.OrdinalIgnoreCase))
                yield return new(own.Path, find.Line, $"'{find.Text}' is one of its utterances, so finding it shows nothing; write it in other words");
            else if (answer.First != runbook.Id)
                yield return new(own.Path, find.Line, $"'{find.Text}' is answered with {answer}, and must find '{runbook.Id}'; add how people say it, or a synonym");
            else if (answer.Verdict == RetrievalVerdict.NearTie)
                tie();
        }
    }

    private IEnumerable<SourceProblem> Ignores(Runbook runbook, RunbookTests own) =>
        from ignored in own.Ignores
        let answer = _answering.Of(ignored.Text)
        where answer.First == runbook.Id
        select new SourceProblem(own.Path, ignored.Line, $"'{ignored.Text}' is answered with {answer}, and must not find '{runbook.Id}'; say it under 'notFor'");

    private IEnumerable<SourceProblem> Slots(Runbook runbook, RunbookTests own, SlotCase given)
    {
        var read = slots.Read(runbook, given.Text);
        foreach (var (name, expected) in given.Is)
        {
            var known = runbook.Parameters.Where(p => p.Slot is not null).SelectMany(p => (string[])[p.Slot!, p.Name]).Distinct().ToList();
            if (runbook.Parameters.FirstOrDefault(p => p.Slot is not null && (p.Slot == name || p.Name == name)) is not { } parameter)
                yield return new(own.Path, given.Line, $"no parameter of '{runbook.Id}' is read from the slot '{name}'{Nearest.Hint(name, known)}");
            else if (Values(parameter, read.GetValueOrDefault(parameter.Slot!) ?? []) is var values && !values.Equals(expected, StringComparison.OrdinalIgnoreCase))
                yield return new(own.Path, given.Line, $"'{given.Text}' gives {(values.Length == 0 ? "nothing" : $"'{values}'")} for '{name}', and must give '{expected}'");
        }
    }

    /// <summary>Of a choice, the value that the words stand for, which is what the plan would have.</summary>
    private static string Values(RunbookParameter parameter, IReadOnlyList<string> read)
    {
        var options = parameter.Kind == ParameterKind.Platform ? Platforms.Options : parameter.Options;
        return string.Join(", ", read.Select(r => options.FirstOrDefault(o => o.Words.Append(o.Label).Contains(r, StringComparer.OrdinalIgnoreCase))?.Value ?? r));
    }

    private async Task<IReadOnlyList<SourceProblem>> PlanAsync(Runbook runbook, RunbookTests own, PlanCase plan, CancellationToken cancellationToken)
    {
        var known = runbook.Parameters.Select(p => p.Name).ToList();
        var slips = plan.Answers.Keys.Where(a => !known.Contains(a)).Select(a => $"there is no parameter '{a}' to answer{Nearest.Hint(a, known)}")
            .Concat(plan.Steps.Where(s => operations.All(o => o.Id != s)).Select(s => $"there is no operation '{s}'{Nearest.Hint(s, operations.Select(o => o.Id))}"))
            .Select(slip => new SourceProblem(own.Path, plan.Line, slip)).ToList();
        if (slips.Count > 0)
            return slips;
        return await rehearsal.RehearseAsync(runbook, plan, cancellationToken) is { } otherwise ? [new(own.Path, plan.Line, otherwise)] : [];
    }
}

using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>
/// Which requests a runbook takes from others. A text of one that the library answers rightly without another, and with that one instead when it is there,
/// is stolen. Beside the texts that are written down, each utterance is tried while its own runbook does not know it, as people who never read it would say
/// it: who takes those from everybody fits everything, which is what a list of keywords does.
/// </summary>
internal static class TheftTest
{
    private const int Folds = 10;

    /// <summary>A neighbour may take some; from so many runbooks, and so much of what others are asked, nobody does who says what they are for.</summary>
    private const int GreedyVictims = 3;
    private const double GreedyShare = 0.04;
    private const int Examples = 3;

    private sealed record Line(string Owner, string Text, int Fold);

    /// <summary>What the incoming runbooks would take from the library, which they may replace parts of.</summary>
    public static IEnumerable<SourceProblem> Find(
        IReadOnlyCollection<RunbookSource> library, IReadOnlyCollection<RunbookSource> incoming, IReadOnlyCollection<RunbookTests>? tests = null)
    {
        var suspects = incoming.ToDictionary(s => s.Runbook.Id, StringComparer.Ordinal);
        var before = library.Select(s => s.Runbook).ToList();
        List<Runbook> after = [.. before.Where(r => !suspects.ContainsKey(r.Id)), .. incoming.Select(s => s.Runbook)];
        var theirs = before.Where(r => !suspects.ContainsKey(r.Id)).ToList();
        return Report(suspects, Stolen(suspects, before, after, Written(theirs, tests)), Stolen(suspects, before, after, HeldOut(theirs)), HeldOut(theirs).Count);
    }

    /// <summary>What each runbook of a library takes from the others, as if it were the new one.</summary>
    public static (IReadOnlyList<SourceProblem> Problems, LeftOut LeftOut) Find(IReadOnlyCollection<RunbookSource> library, IReadOnlyCollection<RunbookTests> tests)
    {
        var all = library.Select(s => s.Runbook).ToList();
        var heldOut = HeldOut(all);
        var answers = Answers(all, heldOut);
        var taken = Answers(all, Written(all, tests)).Where(IsTaken).ToLookup(a => a.Answer.First!);
        var takenUnseen = answers.Where(IsTaken).ToLookup(a => a.Answer.First!);

        var problems = new List<SourceProblem>();
        foreach (var source in library)
        {
            var suspects = new Dictionary<string, RunbookSource> { [source.Runbook.Id] = source };
            var unseen = takenUnseen[source.Runbook.Id].Select(a => a.Line).ToList();
            var others = heldOut.Count(l => l.Owner != source.Runbook.Id);
            if (!taken.Contains(source.Runbook.Id) && !IsGreedy(unseen, others))
                continue;
            var without = all.Where(r => r.Id != source.Runbook.Id).ToList();
            problems.AddRange(Report(
                suspects,
                Stolen(suspects, without, all, [.. taken[source.Runbook.Id].Select(a => a.Line)]),
                IsGreedy(unseen, others) ? Stolen(suspects, without, all, unseen) : [],
                others));
        }

        return (problems, new(answers.GroupBy(a => a.Line.Owner).ToDictionary(g => g.Key, g => (g.Count(a => a.Answer.First == a.Line.Owner), g.Count()))));
    }

    private static bool IsTaken((Line Line, Answering.Answer Answer) a) => a.Answer.First is not null && !a.Answer.Offers(a.Line.Owner);

    private static List<Line> Written(IReadOnlyCollection<Runbook> runbooks, IReadOnlyCollection<RunbookTests>? tests)
    {
        var ids = runbooks.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var finds = (tests ?? []).Where(t => ids.Contains(t.Id)).SelectMany(t => t.Finds.Select(f => new Line(t.Id, f.Text, -1)));
        return [.. runbooks.SelectMany(r => r.Utterances.Select(u => new Line(r.Id, u, -1))).Concat(finds).Distinct()];
    }

    private static List<Line> HeldOut(IReadOnlyCollection<Runbook> runbooks) =>
        [.. runbooks.Where(r => r.Utterances.Count > 1).SelectMany(r => r.Utterances.Select((u, i) => new Line(r.Id, u, i % Folds))).Distinct()];

    /// <summary>Each line is asked of a library whose runbooks do not know the utterances of its fold.</summary>
    private static List<(Line Line, Answering.Answer Answer)> Answers(IReadOnlyCollection<Runbook> runbooks, IEnumerable<Line> lines)
    {
        var answers = new List<(Line, Answering.Answer)>();
        foreach (var fold in lines.GroupBy(l => l.Fold))
        {
            var answering = new Answering(runbooks.Select(r => Without(r, fold.Key)));
            answers.AddRange(fold.Select(l => (l, answering.Of(l.Text))));
        }

        return answers;
    }

    /// <summary>The last utterance stays, so that a runbook is found at all.</summary>
    private static Runbook Without(Runbook runbook, int fold) => fold < 0 || runbook.Utterances.Count < 2
        ? runbook
        : runbook with { Utterances = [.. runbook.Utterances.Where((_, i) => i % Folds != fold)] };

    private static List<(Line Line, string By)> Stolen(
        Dictionary<string, RunbookSource> suspects, IReadOnlyCollection<Runbook> before, IReadOnlyCollection<Runbook> after, IReadOnlyCollection<Line> lines)
    {
        var taken = Answers(after, lines).Where(a => IsTaken(a) && suspects.ContainsKey(a.Answer.First!)).ToDictionary(a => a.Line, a => a.Answer.First!);
        return [.. Answers(before, taken.Keys).Where(a => a.Answer.First == a.Line.Owner).Select(a => (a.Line, taken[a.Line]))];
    }

    private static bool IsGreedy(IReadOnlyCollection<Line> unseen, int others) =>
        unseen.Select(l => l.Owner).Distinct().Count() >= GreedyVictims && unseen.Count > others * GreedyShare;

    private static IEnumerable<SourceProblem> Report(
        Dictionary<string, RunbookSource> suspects, IReadOnlyList<(Line Line, string By)> stolen, IReadOnlyList<(Line Line, string By)> unseen, int others)
    {
        foreach (var (line, by) in stolen)
            yield return Problem(suspects[by], $"'{by}' steals from '{line.Owner}': '{line.Text}'; say under 'notFor' what it is not, and leave out words that fit both");
        foreach (var thief in unseen.GroupBy(s => s.By).Where(g => IsGreedy([.. g.Select(s => s.Line)], others)))
        {
            yield return Problem(suspects[thief.Key], $"'{thief.Key}' would take {thief.Count()} of {others} requests from {thief.Select(s => s.Line.Owner).Distinct().Count()} other runbooks, such as "
                + $"{string.Join(", ", thief.Take(Examples).Select(s => $"'{s.Line.Text}' from '{s.Line.Owner}'"))}; write how people ask for this one thing, and fewer words that mean anything");
        }
    }

    private static SourceProblem Problem(RunbookSource source, string message) => new(source.Runbook.Source, source.LineOf("utterances"), message);
}

/// <summary>How many of a runbook's utterances still find it while it does not know them, by its id.</summary>
public sealed record LeftOut(IReadOnlyDictionary<string, (int Found, int All)> ById)
{
    public double Share => ById.Count == 0 ? 1 : (double)ById.Values.Sum(v => v.Found) / ById.Values.Sum(v => v.All);
}

using System.Globalization;
using System.Text.RegularExpressions;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>
/// How much one runbook may hold. The linter and the index take time and memory for every word, and for some pairs of words, so what is beyond any runbook
/// that helps somebody is refused before they see it.
/// </summary>
internal static partial class SizeRules
{
    private const int Utterances = 400;
    private const int UtteranceLength = 300;
    private const int SynonymGroups = 100;
    private const int SynonymsTogether = 150;
    private const int Parameters = 30;
    private const int Options = 40;
    private const int Steps = 100;
    private const int Rules = 40;
    private const int PatternLength = 1_000;
    private const int Repetitions = 100_000;
    private const int Names = 60;

    public static IEnumerable<SourceProblem> Check(RunbookSource source)
    {
        var runbook = source.Runbook;
        foreach (var (key, count, most) in Counts(runbook))
        {
            if (count > most)
                yield return Problem(source, key, $"has {count} under '{key}', and {most} are the most; keep those that tell something");
        }

        foreach (var (key, texts) in (IEnumerable<(string, IReadOnlyList<string>)>)[("utterances", runbook.Utterances), ("notFor", runbook.NotFor)])
        {
            for (var i = 0; i < texts.Count; i++)
            {
                if (texts[i].Length > UtteranceLength)
                    yield return Problem(source, $"{key}[{i}]", $"has {texts[i].Length} characters, and {UtteranceLength} are the most; write it as somebody would say it");
            }
        }

        foreach (var (group, i) in runbook.Synonyms.Select((g, i) => (g, i)))
        {
            if (group.Count > SynonymsTogether || group.Any(s => s.Length > UtteranceLength))
                yield return Problem(source, $"synonyms[{i}]", $"has {group.Count} words for one meaning, and {SynonymsTogether} short ones are the most; keep those that mean the same");
        }

        foreach (var (step, i) in runbook.Steps.Select((s, i) => (s as PasteStep, i)))
        {
            foreach (var (rule, j) in (step?.Read ?? []).Select((r, j) => (r, j)))
            {
                if (rule.Pattern.Length > PatternLength || Repeats(rule.Pattern) > Repetitions)
                    yield return Problem(source, $"steps[{i}].read[{j}].match", "the pattern is too large; recognise less with it, or repeat less often");
            }
        }
    }

    private static IEnumerable<(string Key, int Count, int Most)> Counts(Runbook runbook) =>
    [
        ("utterances", runbook.Utterances.Count, Utterances),
        ("notFor", runbook.NotFor.Count, Utterances),
        ("synonyms", runbook.Synonyms.Count, SynonymGroups),
        ("parameters", runbook.Parameters.Count, Parameters),
        ("steps", runbook.Steps.Count, Steps),
        ("doneIn", runbook.DoneIn.Count, Names),
        ("otherwise", runbook.Otherwise.Count, Names),
        .. runbook.Parameters.Select((p, i) => ($"parameters[{i}].options", Math.Max(p.Options.Count, p.Options.Select(o => o.Words.Count).DefaultIfEmpty().Max()), Options)),
        .. runbook.Steps.Select((s, i) => ($"steps[{i}]", Inside(s), Rules)),
    ];

    private static int Inside(RunbookStep step) => step switch
    {
        RunStep run => run.Arguments.Count,
        ScriptStep script => script.Arguments.Count,
        DiagnoseStep diagnose => diagnose.Arguments.Count,
        CommandsStep commands => commands.Lines.Count,
        GuideStep guide => guide.When.Count,
        PasteStep paste => Math.Max(paste.Read.Count, paste.When.Count),
        HandOffStep handOff => handOff.Template.Count,
        _ => 0,
    };

    /// <summary>Upper bound of how often a part is repeated when counted repetitions stand inside of each other; the engine keeps a state for each.</summary>
    private static long Repeats(string pattern)
    {
        long product = 1;
        foreach (Match counted in Counted().Matches(pattern))
            product = Math.Min(long.MaxValue / 100_000_000, product) * Math.Max(1, long.Parse(counted.Groups["most"].Value, CultureInfo.InvariantCulture));
        return product;
    }

    private static SourceProblem Problem(RunbookSource source, string path, string message) => new(source.Runbook.Source, source.LineOf(path), message);

    [GeneratedRegex(@"\{(?:[0-9]+,)?(?<most>[0-9]{1,7}),?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();
}

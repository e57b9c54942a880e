using System.Text.Json;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// Tells a change of words from a change of meaning. Words are how people ask for it, and what is written about it for colleagues. Everything else is meaning, whatever a runbook may come to
/// say: what is done, asked for, run or told to the person, and who may ask.
/// </summary>
public static class RunbookMeaning
{
    /// <summary>The parts whose meaning differs, in words; empty when only words do.</summary>
    public static IReadOnlyList<string> Differences(RunbookEdition? before, RunbookSource after, RunbookContent written)
    {
        if (before?.Source?.Runbook is not { } was || before.Content is not { } had)
            return ["it is new"];
        var now = after.Runbook;
        var parts = new (string Part, bool Differs)[]
        {
            ("its category", was.Category != now.Category),
            ("its parameters", Of(was.Parameters) != Of(now.Parameters)),
            ("its steps", Of(was.Steps.Select(s => new { Kind = s.GetType().Name, Step = (object)s })) != Of(now.Steps.Select(s => new { Kind = s.GetType().Name, Step = (object)s }))),
            ("who may ask for others", Of(was.OnBehalf) != Of(now.OnBehalf)),
            ("what is offered otherwise", Of(was.Otherwise) != Of(now.Otherwise)),
            ("what the person hears at the end", was.Done != now.Done || Of(was.DoneIn.OrderBy(d => d.Key, StringComparer.Ordinal)) != Of(now.DoneIn.OrderBy(d => d.Key, StringComparer.Ordinal))),
            ("its rules", Of(Rest(was)) != Of(Rest(now))),
            ("its scripts", Of(had.Scripts.OrderBy(s => s.Key, StringComparer.Ordinal)) != Of(written.Scripts.OrderBy(s => s.Key, StringComparer.Ordinal))),
        };
        return [.. parts.Where(p => p.Differs).Select(p => p.Part)];
    }

    /// <summary>What neither counts as words nor has a name above, so that nothing new is overlooked.</summary>
    private static Runbook Rest(Runbook runbook) => runbook with
    {
        Version = 0,
        Title = "",
        Category = "",
        Summary = "",
        Utterances = [],
        Synonyms = [],
        NotFor = [],
        Parameters = [],
        Steps = [],
        OnBehalf = OnBehalf.Nobody,
        Done = "",
        DoneIn = new Dictionary<string, string>(),
        Otherwise = [],
        HoldsFor = [],
        Causes = [],
        Sources = [],
        Body = "",
        Source = "",
    };

    private static string Of(object part) => JsonSerializer.Serialize(part);
}

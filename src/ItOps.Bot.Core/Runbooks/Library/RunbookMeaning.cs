using System.Text.Json;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>
/// Tells a change of words from a change of meaning. Words are how people ask for it, and what is written about it; everything that is done, asked for, said as a step or run is meaning, and so is
/// who may ask.
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
            ("its scripts", Of(had.Scripts.OrderBy(s => s.Key, StringComparer.Ordinal)) != Of(written.Scripts.OrderBy(s => s.Key, StringComparer.Ordinal))),
        };
        return [.. parts.Where(p => p.Differs).Select(p => p.Part)];
    }

    private static string Of(object part) => JsonSerializer.Serialize(part);
}

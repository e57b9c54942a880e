using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Import.Plain;

internal enum PlainColumn { Other, Title, Category, Symptoms, Steps, Notes }

/// <summary>What the columns of a table of instructions are called, in English and German.</summary>
internal static partial class PlainColumns
{
    private static readonly Dictionary<string, PlainColumn> s_names = new (PlainColumn Column, string Names)[]
    {
        (PlainColumn.Title, "title name subject topic problem issue titel betreff thema"),
        (PlainColumn.Category, "category area kategorie bereich"),
        (PlainColumn.Symptoms, "when symptom symptoms keywords questions utterances wann symptome anzeichen fragen stichworte stichwoerter schlagworte schlagwoerter suchbegriffe"),
        (PlainColumn.Steps, "step steps instructions solution resolution fix schritt schritte anleitung loesung vorgehen"),
        (PlainColumn.Notes, "note notes comment comments background notiz notizen hinweis hinweise bemerkung bemerkungen anmerkungen"),
    }.SelectMany(c => c.Names.Split(' ').Select(name => (name, c.Column))).ToDictionary(StringComparer.Ordinal);

    /// <summary>"Step 1", "Schritt_2" and "STEPS" are all steps. What is not known is kept as a note under its own name.</summary>
    public static PlainColumn Of(string header) => s_names.GetValueOrDefault(NotALetter().Replace(Folding.Fold(header), ""));

    /// <summary>Adds what one cell or property says.</summary>
    public static PlainInstruction With(this PlainInstruction instruction, string header, IReadOnlyList<string> values)
    {
        var texts = values.Select(v => v.Trim()).Where(v => v.Length > 0).ToList();
        return texts.Count == 0 ? instruction : Of(header) switch
        {
            PlainColumn.Title => instruction with { Title = string.Join(' ', texts) },
            PlainColumn.Category => instruction with { Category = texts[0] },
            PlainColumn.Symptoms => instruction with { Symptoms = [.. instruction.Symptoms, .. texts.SelectMany(PlainText.Symptoms)] },
            PlainColumn.Steps => instruction with { Steps = [.. instruction.Steps, .. texts.SelectMany(PlainText.Steps)] },
            PlainColumn.Notes => instruction with { Notes = [.. instruction.Notes, .. texts] },
            _ => instruction with { Notes = [.. instruction.Notes, $"{header.Trim()}: {string.Join(", ", texts)}"] },
        };
    }

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NotALetter();
}

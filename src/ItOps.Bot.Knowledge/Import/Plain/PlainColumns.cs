using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Import.Plain;

internal enum PlainColumn { Other, Title, Category, Symptoms, Steps, Notes }

/// <summary>What the columns of a table of instructions are called, in English and German.</summary>
internal static partial class PlainColumns
{
    private static readonly Dictionary<string, PlainColumn> s_names = new(StringComparer.Ordinal)
    {
        ["title"] = PlainColumn.Title, ["name"] = PlainColumn.Title, ["subject"] = PlainColumn.Title, ["topic"] = PlainColumn.Title, ["problem"] = PlainColumn.Title,
        ["issue"] = PlainColumn.Title, ["titel"] = PlainColumn.Title, ["betreff"] = PlainColumn.Title, ["thema"] = PlainColumn.Title,
        ["category"] = PlainColumn.Category, ["area"] = PlainColumn.Category, ["kategorie"] = PlainColumn.Category, ["bereich"] = PlainColumn.Category,
        ["when"] = PlainColumn.Symptoms, ["symptom"] = PlainColumn.Symptoms, ["symptoms"] = PlainColumn.Symptoms, ["keywords"] = PlainColumn.Symptoms,
        ["questions"] = PlainColumn.Symptoms, ["utterances"] = PlainColumn.Symptoms, ["wann"] = PlainColumn.Symptoms, ["symptome"] = PlainColumn.Symptoms,
        ["anzeichen"] = PlainColumn.Symptoms, ["fragen"] = PlainColumn.Symptoms, ["stichworte"] = PlainColumn.Symptoms, ["stichwoerter"] = PlainColumn.Symptoms,
        ["schlagworte"] = PlainColumn.Symptoms, ["schlagwoerter"] = PlainColumn.Symptoms, ["suchbegriffe"] = PlainColumn.Symptoms,
        ["step"] = PlainColumn.Steps, ["steps"] = PlainColumn.Steps, ["instructions"] = PlainColumn.Steps, ["solution"] = PlainColumn.Steps, ["resolution"] = PlainColumn.Steps,
        ["fix"] = PlainColumn.Steps, ["schritt"] = PlainColumn.Steps, ["schritte"] = PlainColumn.Steps, ["anleitung"] = PlainColumn.Steps, ["loesung"] = PlainColumn.Steps,
        ["vorgehen"] = PlainColumn.Steps,
        ["note"] = PlainColumn.Notes, ["notes"] = PlainColumn.Notes, ["comment"] = PlainColumn.Notes, ["comments"] = PlainColumn.Notes, ["background"] = PlainColumn.Notes,
        ["notiz"] = PlainColumn.Notes, ["notizen"] = PlainColumn.Notes, ["hinweis"] = PlainColumn.Notes, ["hinweise"] = PlainColumn.Notes,
        ["bemerkung"] = PlainColumn.Notes, ["bemerkungen"] = PlainColumn.Notes, ["anmerkungen"] = PlainColumn.Notes,
    };

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

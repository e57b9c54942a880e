using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ItOps.Bot.Knowledge.Import.Plain;

/// <summary>
/// Writes a draft: a runbook that can be read, with version 0, which the linter refuses. Whoever has gone through it writes version 1.
/// </summary>
internal static class DraftText
{
    private static readonly JsonSerializerOptions s_quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string id, PlainInstruction from)
    {
        var text = new StringBuilder();
        text.Append("---\n# yaml-language-server: $schema=../runbook.schema.json\n")
            .Append("# A draft made of plain instructions. Go through it, add how people ask and what must be known, write version 1, and import it.\n")
            .Append("id: ").Append(id).Append("\nversion: 0\n")
            .Append("title: ").Append(Quoted(from.Title)).Append('\n')
            .Append("summary: ").Append(Quoted(from.Title)).Append("\n\nutterances:\n");
        foreach (var symptom in from.Symptoms.DefaultIfEmpty(from.Title).Distinct(StringComparer.OrdinalIgnoreCase))
            text.Append("  - ").Append(Quoted(symptom)).Append('\n');

        text.Append("\nsteps:\n");
        foreach (var step in from.Steps)
            text.Append("  - guide: ").Append(Quoted(step)).Append('\n');
        text.Append("  - handoff: \"None of the steps helped.\"\n")
            .Append("\ndone: \"Good that it works again.\"\n---\n# ").Append(OneLine(from.Title)).Append('\n');
        foreach (var note in from.Notes)
            text.Append('\n').Append(note).Append('\n');
        return text.ToString();
    }

    /// <summary>A text in JSON is the same text between double quotes in YAML.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(OneLine(text), s_quoted);

    private static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}

using ItOps.Bot.Runbooks.Library;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>What stands in the fields of the editor.</summary>
public sealed record EditForm(string Id, string Category, string Text, IReadOnlyList<EditedScript> Scripts, string Why, int? Number, int? Revision)
{
    private const int MostScripts = RunbookChecks.MostScripts;

    public DraftText Draft => new(Id, Category, Text, ByName()) { Why = Why, Number = Number, Revision = Revision };

    public static EditForm Of(RunbookVersion version, bool goesOn) => new(
        version.RunbookId,
        version.Content.Category,
        version.Content.Text,
        [.. version.Content.Scripts.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new EditedScript(s.Key[(s.Key.LastIndexOf('/') + 1)..], s.Value))],
        goesOn ? version.Why : "",
        goesOn ? version.Number : null,
        goesOn ? version.Revision : null);

    /// <param name="form">A script without a name is none.</param>
    /// <param name="id">From the address; none for a new runbook, whose form names it.</param>
    public static EditForm Read(IFormCollection form, string? id)
    {
        var scripts = new List<EditedScript>();
        for (var i = 0; i <= MostScripts && form.ContainsKey($"script-name-{i}"); i++)
        {
            if (form[$"script-name-{i}"].ToString().Trim() is { Length: > 0 } name)
                scripts.Add(new(name, form[$"script-text-{i}"].ToString()));
        }

        return new(
            id ?? form["id"].ToString().Trim(), form["category"].ToString().Trim(), form["text"].ToString(), scripts, form["why"].ToString(), Whole(form["number"]), Whole(form["revision"]));
    }

    private Dictionary<string, string> ByName()
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var script in Scripts)
            scripts[$"scripts/{script.Name}"] = script.Text;
        return scripts;
    }

    private static int? Whole(string? text) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}

public sealed record EditedScript(string Name, string Text);

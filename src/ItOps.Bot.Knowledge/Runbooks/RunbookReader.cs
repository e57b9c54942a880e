using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>Makes a runbook of one file's bytes, or says in which lines it is wrong and how to mend it. Touches no disk.</summary>
public static partial class RunbookReader
{
    /// <param name="path">Relative to the runbook folder, with forward slashes: <c>access/account_locked.md</c>.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="scripts">Paths of the scripts beside it, as in <see cref="ScriptStep.File"/>.</param>
    public static (RunbookSource? Source, IReadOnlyList<SourceProblem> Problems) Read(
        string path, ReadOnlySpan<byte> content, IReadOnlySet<string> scripts)
    {
        var problems = new FileProblems(path);
        var runbook = Runbook(path, content, problems);
        return problems.Any || runbook is null ? (null, problems.All) : (new RunbookSource(runbook, problems.Lines, scripts), []);
    }

    private static Runbook? Runbook(string path, ReadOnlySpan<byte> content, FileProblems problems)
    {
        if (RunbookFile.Split(content, problems) is not { } file
            || YamlText.Parse(file.FrontMatter, RunbookFile.FrontMatterLine - 1, problems) is not { } map)
        {
            return null;
        }

        problems.Remember("body", file.BodyLine);
        var root = new YamlObject(map, "", RunbookShapes.Runbook, problems);
        var id = root.Text("id");
        if (id is not null && !Name().IsMatch(id))
            root.Refuse("id", $"the id '{id}' may hold small letters, digits and underscores only, and begins with a letter");

        return new Runbook(id ?? "", root.Number("version") ?? 0, root.Text("title") ?? "")
        {
            Category = path.Split('/')[0],
            Summary = root.Text("summary") ?? "",
            Utterances = root.Texts("utterances"),
            Synonyms = root.TextLists("synonyms"),
            NotFor = root.Texts("notFor"),
            Parameters = [.. root.Objects("parameters", _ => RunbookShapes.Parameter).Select(Parameter)],
            Steps = [.. root.Objects("steps", m => StepShape(m, problems)).Select(StepReader.Read).OfType<RunbookStep>()],
            OnBehalf = OnBehalf(root),
            Done = root.Text("done") ?? "",
            DoneIn = Translations(root),
            Otherwise = root.Texts("otherwise"),
            HoldsFor = root.Texts("holdsFor"),
            Causes = root.Texts("causes"),
            Sources = root.Texts("sources"),
            GeneratedCommands = root.Flag("generatedCommands") ?? false,
            Body = file.Body,
            Source = path,
        };
    }

    private static RunbookParameter Parameter(YamlObject from)
    {
        var name = from.Text("name") ?? "";
        if (name.Length > 0 && !Name().IsMatch(name))
            from.Refuse("name", $"the name '{name}' may hold small letters, digits and underscores only, and begins with a letter");

        return new RunbookParameter(name, Enum.Parse<ParameterKind>(from.OneOf("kind") ?? nameof(ParameterKind.Text), true), from.Text("ask") ?? "")
        {
            Slot = from.Text("slot"),
            Required = from.Flag("required") ?? true,
            Options = [.. from.Objects("options", _ => RunbookShapes.Option)
                .Select(o => new ParameterOption(o.Text("value") ?? "", o.Text("label") ?? "", o.Texts("words")))],
            Resource = from.Text("resource"),
            SameSystemAs = from.Text("sameSystemAs"),
        };
    }

    private static OnBehalf OnBehalf(YamlObject root) => root.Object("onBehalf", RunbookShapes.OnBehalf) is { } from
        ? new OnBehalf(from.Flag("anyone") ?? false, from.Texts("groups"), from.Flag("attest") ?? false) { Use = from.Text("use") }
        : Bot.Runbooks.OnBehalf.Nobody;

    private static IReadOnlyDictionary<string, string> Translations(YamlObject root)
    {
        var texts = root.TextMap("doneIn");
        foreach (var language in texts.Keys.Where(l => !Language().IsMatch(l)))
            root.Refuse("doneIn", $"'{language}' is not a language; write two small letters, such as 'de'");
        return texts;
    }

    private static YamlShape? StepShape(YamlMap map, FileProblems problems)
    {
        var shapes = RunbookShapes.Steps.Where(s => map.Entries.Any(e => e.Key == s.Keys[0].Name)).ToList();
        if (shapes.Count == 1)
            return shapes[0];

        var names = RunbookShapes.Steps.Select(s => s.Keys[0].Name).ToList();
        problems.Add(map.Line, shapes.Count > 1
            ? $"one step cannot be {string.Join(" and ", shapes.Select(s => s.Name))} at once; begin another with '- '"
            : $"a step begins with one of: {string.Join(", ", names)}{Nearest.Hint(map.Entries.Count > 0 ? map.Entries[0].Key : "", names)}");
        return null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{1,63}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z]{2}$")]
    private static partial Regex Language();
}

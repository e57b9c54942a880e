using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Import.Plain;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Testing;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>
/// Makes runbooks of the files that somebody brings along, or says what is wrong with each: every file has a place (<c>category/id.md</c>,
/// <c>category/id/scripts/*</c>, <c>category/id/tests.yaml</c>), and one without is a problem, so that nothing comes along unseen. Pure.
/// </summary>
internal sealed partial class BundleReader
{
    private static readonly string[] s_passedOver = ["README.md", "runbook.schema.json", "Thumbs.db", ".DS_Store"];
    private static readonly string[] s_packed = [".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar", ".cab"];

    private readonly ImportLimits _limits;
    private readonly List<SourceProblem> _problems = [];
    private readonly List<BundleFile> _files;

    private BundleReader(IReadOnlyCollection<BundleFile> files, string? category, ImportLimits limits)
    {
        _limits = limits;
        if (Sized(files))
            CheckNames(files);
        _files = _problems.Count > 0 ? [] : Placed([.. files.Where(f => !IsPassedOver(f.Path)).OrderBy(f => f.Path, StringComparer.Ordinal)], category);
    }

    public static RunbookBundle Read(IReadOnlyCollection<BundleFile> files, string? category, ImportLimits limits)
    {
        if (files.Count == 1 && PlainInstructions.IsOne(files.First().Path))
            return Plainly(files.First(), category, limits);
        return new BundleReader(files, category, limits).Bundle();
    }

    private static RunbookBundle Plainly(BundleFile file, string? category, ImportLimits limits)
    {
        var refusal = BundlePath.Refusal(file.Path);
        var (drafts, problems) = refusal is null
            ? PlainInstructions.ToDrafts(file, category)
            : ([], [new SourceProblem(BundlePath.Shown(file.Path), 1, refusal)]);
        return problems.Count > 0 ? Refused(problems, limits) : new BundleReader(drafts, null, limits).Bundle() with { AreDrafts = true };
    }

    private RunbookBundle Bundle()
    {
        var runbooks = new List<BundledRunbook>();
        foreach (var file in _files)
        {
            if (_problems.Count >= _limits.Problems)
                break;
            if (RunbookPath().IsMatch(file.Path))
                AddRunbook(file, runbooks);
            else
                CheckOther(file);
        }

        if (_problems.Count == 0 && runbooks.Count == 0)
            _problems.Add(new("bundle", 1, "has no runbook in it; a runbook is 'category/id.md', and its category is a folder"));
        CheckTwins(runbooks);
        return _problems.Count > 0 ? Refused(_problems, _limits) : new([.. runbooks], []);
    }

    private static RunbookBundle Refused(IReadOnlyList<SourceProblem> problems, ImportLimits limits)
    {
        var named = problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).Take(limits.Problems).ToList();
        if (problems.Count > named.Count)
            named.Add(new("bundle", 1, $"{problems.Count - named.Count} more problems, and there may be others behind them; mend these first"));
        return new([], named);
    }

    private bool Sized(IReadOnlyCollection<BundleFile> files)
    {
        if (files.Count > _limits.Files)
            _problems.Add(new("bundle", 1, $"has {files.Count} files, and {_limits.Files} are the most; import it in parts"));
        if (files.Sum(f => (long)f.Content.Length) > _limits.TotalBytes)
            _problems.Add(new("bundle", 1, $"has more than {_limits.TotalBytes / 1024} KiB; import it in parts"));
        return _problems.Count == 0;
    }

    private void CheckNames(IReadOnlyCollection<BundleFile> files)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in files.Select(f => f.Path))
        {
            if (BundlePath.Refusal(path) is { } refusal)
                _problems.Add(new(BundlePath.Shown(path), 1, refusal));
            else if (!seen.TryAdd(path, path))
                _problems.Add(new(path, 1, seen[path] == path ? "is there twice; keep one" : $"differs from '{seen[path]}' only in capital letters, which some systems do not tell apart; rename one"));
        }

        foreach (var path in seen.Keys)
        {
            for (var at = path.IndexOf('/', StringComparison.Ordinal); at >= 0; at = path.IndexOf('/', at + 1))
            {
                if (seen.TryGetValue(path[..at], out var file))
                    _problems.Add(new(file, 1, $"is a file and, in '{path}', a folder; rename one"));
            }
        }
    }

    /// <summary>A folder around all categories, as a zip of a folder has it, is taken off; what lies in no category goes into the one that was named.</summary>
    private static List<BundleFile> Placed(List<BundleFile> files, string? category)
    {
        var around = files.Count == 0 ? "" : files[0].Path[..(files[0].Path.IndexOf('/', StringComparison.Ordinal) + 1)];
        var isWrapped = around.Length > 0 && files.TrueForAll(f => f.Path.StartsWith(around, StringComparison.Ordinal) && !RunbookPath().IsMatch(f.Path))
            && files.Exists(f => RunbookPath().IsMatch(f.Path[around.Length..]));
        if (isWrapped)
            return [.. files.Select(f => f with { Path = f.Path[around.Length..] }).Where(f => !IsPassedOver(f.Path))];
        return category is null || files.Exists(f => RunbookPath().IsMatch(f.Path)) ? files : [.. files.Select(f => f with { Path = $"{category}/{f.Path}" })];
    }

    private void AddRunbook(BundleFile file, List<BundledRunbook> runbooks)
    {
        var own = file.Path[..^".md".Length] + "/";
        var around = _files.Where(f => f.Path.StartsWith(own, StringComparison.Ordinal)).ToList();
        var problems = new FileProblems(file.Path);
        var text = BundleText.Decode(file.Content, problems);
        _problems.AddRange(problems.All);
        if (text is null)
            return;

        var scripts = around.Where(f => ScriptPath().IsMatch(f.Path)).Select(f => f.Path[own.Length..]).ToHashSet(StringComparer.Ordinal);
        var (source, found) = RunbookReader.Read(file.Path, file.Content, scripts);
        _problems.AddRange(found);
        if (source is null)
            return;
        _problems.AddRange(SizeRules.Check(source));
        runbooks.Add(new(source, [file, .. around]));
    }

    private void CheckOther(BundleFile file)
    {
        var problems = new FileProblems(file.Path);
        var owner = file.Path.Split('/') is [var category, var id, _, ..] ? $"{category}/{id}.md" : "";
        var belongs = _files.Exists(f => f.Path == owner);
        var extension = Path.GetExtension(file.Path).ToLowerInvariant();
        if (s_packed.Contains(extension))
            problems.Add(1, "is an archive inside of what is imported; unpack it, or leave it out");
        else if (belongs && TestsPath().IsMatch(file.Path))
            _problems.AddRange(BundleText.Decode(file.Content, problems) is null ? [] : RunbookTestsReader.Read(file.Path, file.Content).Problems);
        else if (belongs && ScriptPath().IsMatch(file.Path))
            BundleText.Decode(file.Content, problems);
        else if (extension is ".yaml" or ".yml" && BundleText.Decode(file.Content, problems) is { } yaml && YamlText.Parse(yaml, 0, problems) is not null)
            problems.Add(1, NoPlace);
        else if (!problems.Any)
            problems.Add(1, file.Path.Contains('/') || extension != ".md" ? NoPlace : "lies in no category's folder; move it into one, such as 'access', or name the category");
        _problems.AddRange(problems.All);
    }

    private const string NoPlace = "is no runbook (category/id.md), none of a runbook's scripts (category/id/scripts/*.sh or *.ps1) and not its category/id/tests.yaml; leave it out";

    private void CheckTwins(List<BundledRunbook> runbooks)
    {
        foreach (var twins in runbooks.GroupBy(r => r.Source.Runbook.Id, StringComparer.Ordinal))
        {
            foreach (var twin in twins.Skip(1))
                _problems.Add(new(twin.Source.Runbook.Source, twin.Source.LineOf("id"), $"the id '{twins.Key}' is taken by {twins.First().Source.Runbook.Source}; choose another"));
        }
    }

    private static bool IsPassedOver(string path) => s_passedOver.Contains(path[(path.LastIndexOf('/') + 1)..]) || path.StartsWith("__MACOSX/", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z][a-z0-9_-]*/(?!README\.md)[^/]+\.md\z")]
    private static partial Regex RunbookPath();

    [GeneratedRegex(@"^[^/]+/[^/]+/scripts/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:sh|ps1)\z")]
    private static partial Regex ScriptPath();

    [GeneratedRegex(@"^[^/]+/[^/]+/tests\.yaml\z")]
    private static partial Regex TestsPath();
}

using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>
/// The scripts that may be run: files inside the runbook folder, reached without a link, and named by a step of a runbook, for what the step is. Anything else is
/// refused. Scripts of a version come from <paramref name="versions"/>, where there are versions.
/// </summary>
internal sealed partial class RunbookScripts(RunbookCatalog catalog, ScriptOptions options, IRunbookScripts? versions = null)
{
    private const int HeaderLines = 20;
    private const string Unsaid = "what its file says";

    /// <summary>A script that only reads.</summary>
    public Result<RunbookScript> FindCheck(string? path) => Find(path, changes: false);

    /// <summary>A script that changes something.</summary>
    public Result<RunbookScript> FindChange(string? path) => Find(path, changes: true);

    private Result<RunbookScript> Find(string? path, bool changes) => versions is null ? InFolder(path, changes) : InVersion(versions, path, changes);

    private static Result<RunbookScript> InVersion(IRunbookScripts versions, string? path, bool changes)
    {
        var found = versions.Find(path);
        if (found.Failed)
            return found.Problem;
        var file = found.Value;
        if (FileOf(file.Step, changes) is not { } named || !path!.EndsWith("/" + named, StringComparison.Ordinal))
            return new Problem(ProblemCode.InvalidArguments, $"No runbook has a step of this kind with the script {path}.");
        var beside = changes ? versions.Find(CheckBeside(path)) : new Problem(ProblemCode.InvalidArguments, "Only a change has one.");
        return Read(file, path, changes ? "# Changes: " : "# Reads: ") with { Check = beside.Failed ? null : Read(beside.Value, CheckBeside(path), "# Reads: ") };
    }

    private Result<RunbookScript> InFolder(string? path, bool changes)
    {
        if (path is null || !PlainPath().IsMatch(path) || path.Split('/').Any(part => part is "." or ".."))
            return new Problem(ProblemCode.InvalidArguments, "The argument 'script' must be the path of a .sh or .ps1 file inside the runbook folder.");
        if (TitleOf(path, changes) is not { } title)
            return new Problem(ProblemCode.InvalidArguments, $"No runbook has a step of this kind with the script {path}.");
        if (!IsPlainFile(path))
            return new Problem(ProblemCode.InvalidArguments, $"The script {path} is not there, or is reached through a link.");

        var beside = CheckBeside(path);
        return Read(path, title, changes ? "# Changes: " : "# Reads: ") with
        {
            Check = changes && IsPlainFile(beside) ? Read(beside, title, "# Reads: ") : null,
        };
    }

    /// <summary>The script that says by its exit code whether the change is done already: <c>mend.check.sh</c> beside <c>mend.sh</c>.</summary>
    private static string CheckBeside(string path) => $"{path[..path.LastIndexOf('.')]}.check{path[path.LastIndexOf('.')..]}";

    private RunbookScript Read(string path, string title, string prefix)
    {
        var file = Path.Combine(options.RunbookFolder, path);
        return Read(file, path, title, prefix, HashOf(file));
    }

    private static RunbookScript Read(RunbookScriptFile file, string path, string prefix) => Read(file.File, path, TitleOf(file.Step), prefix, file.Hash);

    private static RunbookScript Read(string file, string path, string title, string prefix, string hash)
    {
        var said = File.ReadLines(file).Take(HeaderLines).FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
        return new(file, path, path.EndsWith(".ps1", StringComparison.Ordinal) ? ScriptShell.PowerShell : ScriptShell.Bash, title, PlainText.Of(said ?? Unsaid), hash);
    }

    private string? TitleOf(string path, bool changes) => catalog.All
        .SelectMany(runbook => runbook.Steps.Where(step => FileOf(step, changes) is { } file && path == $"{Path.ChangeExtension(runbook.Source, null)}/{file}"))
        .Select(TitleOf)
        .FirstOrDefault();

    private static string TitleOf(RunbookStep step) => step is ScriptStep script ? script.Title : ((DiagnoseStep)step).Title;

    private static string? FileOf(RunbookStep step, bool changes) => step switch
    {
        ScriptStep script when changes => script.File,
        DiagnoseStep diagnose when !changes => diagnose.File,
        _ => null,
    };

    private bool IsPlainFile(string path)
    {
        var current = options.RunbookFolder;
        foreach (var part in path.Split('/'))
        {
            current = Path.Combine(current, part);
            if (!Path.Exists(current) || File.GetAttributes(current).HasFlag(FileAttributes.ReparsePoint))
                return false;
        }

        return File.Exists(current);
    }

    private static string HashOf(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*\.(?:sh|ps1)\z")]
    private static partial Regex PlainPath();
}

/// <param name="Path">Inside the runbook folder, with forward slashes.</param>
/// <param name="Title">What the runbook calls the step.</param>
/// <param name="Says">What the script says it reads or changes, from its line <c># Reads: …</c> or <c># Changes: …</c>.</param>
/// <param name="Hash">SHA-256 of its content, hexadecimal.</param>
internal sealed record RunbookScript(string File, string Path, ScriptShell Shell, string Title, string Says, string Hash)
{
    /// <summary>The one beside it that says whether the change is done already; none when nothing tells.</summary>
    public RunbookScript? Check { get; init; }
}

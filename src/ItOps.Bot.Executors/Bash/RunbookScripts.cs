using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Bash;

/// <summary>
/// The scripts that may be run: files inside the runbook folder, reached without a link, and named by a diagnosis step of a runbook.
/// Anything else is refused. Scripts of a version come from <paramref name="versions"/>, where there are versions.
/// </summary>
internal sealed partial class RunbookScripts(RunbookCatalog catalog, BashOptions options, IRunbookScripts? versions = null)
{
    private const int HeaderLines = 20;
    private const string ReadsPrefix = "# Reads: ";

    public Result<RunbookScript> Find(string? path) => versions is null ? InFolder(path) : InVersion(versions.Find(path));

    private static Result<RunbookScript> InVersion(Result<RunbookScriptFile> found)
    {
        if (found.Failed)
            return found.Problem;
        return found.Value is { Step: DiagnoseStep step } file
            ? new RunbookScript(file.File, step.Title, ReadsOf(file.File), file.Hash)
            : new Problem(ProblemCode.InvalidArguments, $"No diagnosis step has the script {found.Value.File}.");
    }

    private Result<RunbookScript> InFolder(string? path)
    {
        if (path is null || !PlainPath().IsMatch(path) || path.Split('/').Any(part => part is "." or ".."))
            return new Problem(ProblemCode.InvalidArguments, "The argument 'script' must be the path of a .sh file inside the runbook folder.");
        if (TitleOf(path) is not { } title)
            return new Problem(ProblemCode.InvalidArguments, $"No runbook has a diagnosis step with the script {path}.");
        if (!IsPlainFile(path))
            return new Problem(ProblemCode.InvalidArguments, $"The script {path} is not there, or is reached through a link.");

        var file = Path.Combine(options.RunbookFolder, path);
        return new RunbookScript(file, title, ReadsOf(file), HashOf(file));
    }

    private static string ReadsOf(string file)
    {
        var reads = File.ReadLines(file).Take(HeaderLines).FirstOrDefault(line => line.StartsWith(ReadsPrefix, StringComparison.Ordinal));
        return PlainText.Of(reads?[ReadsPrefix.Length..] ?? "what its file says");
    }

    private string? TitleOf(string path) => catalog.All
        .SelectMany(runbook => runbook.Steps.OfType<DiagnoseStep>().Where(step => Names(runbook, step.File, path)))
        .FirstOrDefault()?.Title;

    // A step names its script from the runbook folder, from the runbook's file, or from the runbook's own folder.
    private static bool Names(Runbook runbook, string file, string path)
    {
        var beside = runbook.Source.LastIndexOf('/') is >= 0 and var slash ? runbook.Source[..(slash + 1)] : "";
        return path == file || path == beside + file || path == $"{beside}{runbook.Id}/{file}";
    }

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

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*\.sh\z")]
    private static partial Regex PlainPath();
}

/// <param name="Title">What the runbook calls the check.</param>
/// <param name="Reads">What the script says it reads, from its line <c># Reads: …</c>.</param>
/// <param name="Hash">SHA-256 of its content, hexadecimal.</param>
internal sealed record RunbookScript(string File, string Title, string Reads, string Hash);

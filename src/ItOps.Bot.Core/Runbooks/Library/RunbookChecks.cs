using System.Text;
using System.Text.RegularExpressions;
using ItOps.Bot.Commands;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Runbooks.Library;

/// <summary>What was written, as far as it can be read, and everything that is wrong with it, by line.</summary>
public sealed record RunbookCheck(RunbookSource? Source, IReadOnlyList<SourceProblem> Problems);

/// <summary>Holds what is written against the rules for files, the operations that are there, and the other runbooks, from which it must take nothing.</summary>
public sealed partial class RunbookChecks(RunbookCatalog catalog, IRunbookReader reader, OperationCatalog operations, CommandPolicy commands)
{
    public const int LargestBytes = 256 * 1024;
    public const int MostScripts = 20;

    public RunbookCheck Check(string id, RunbookContent content)
    {
        var (source, problems) = reader.Read(content);
        if (source is null)
            return new(null, problems);
        var findings = RunbookLinter.LintOne(source, [.. catalog.Shelf.Sources.Where(s => s.Runbook.Id != id)], operations.Descriptors, commands);
        return new(source, [.. problems, .. findings, .. UnusedScripts(source, content)]);
    }

    /// <summary>Whether it could be a file at all: its names and its size.</summary>
    public static bool IsFile(RunbookContent content) =>
        FilePath().IsMatch(content.Path) && Fits(content.Text) && content.Scripts.Count <= MostScripts && content.Scripts.All(s => ScriptPath().IsMatch(s.Key) && Fits(s.Value));

    private static IEnumerable<SourceProblem> UnusedScripts(RunbookSource source, RunbookContent content)
    {
        var used = source.Runbook.Steps.Select(s => s switch { DiagnoseStep diagnose => diagnose.File, ScriptStep script => script.File, _ => null }).ToHashSet();
        return content.Scripts.Keys.Where(s => !used.Contains(s) && !used.Contains(s.Replace(".check.", ".", StringComparison.Ordinal))).Select(s => new SourceProblem(content.Path, source.LineOf("steps"), $"no step runs the script '{s}'; name it in a step or leave it out"));
    }

    private static bool Fits(string text) => text.Length <= LargestBytes && Encoding.UTF8.GetByteCount(text) <= LargestBytes;

    // "new" and "check" are pages of the console.
    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,63}/(?!(?:new|check)\.)[a-z][a-z0-9_]{1,63}\.md\z")]
    private static partial Regex FilePath();

    [GeneratedRegex(@"\Ascripts/[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\.(?:sh|ps1)\z")]
    private static partial Regex ScriptPath();
}

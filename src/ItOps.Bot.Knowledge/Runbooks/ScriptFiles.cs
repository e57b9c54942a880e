using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>
/// Puts the scripts of versions, which are kept in the store, where they can be run: each version's in a folder that is named by its content. A file there is only read, never reached
/// through a link, and made anew when it is not what the store has. Scripts of a catalogue that was only read from a folder are run where they lie.
/// </summary>
internal sealed partial class ScriptFiles(RunbookCatalog catalog, KnowledgeOptions options) : IRunbookScripts
{
    private static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Lock _writing = new();

    public Result<RunbookScriptFile> Find(string? path)
    {
        if (path is null || Form().Match(path) is not { Success: true } match || path.Split('/').Any(p => p is "." or ".."))
            return new Problem(ProblemCode.InvalidArguments, "The argument 'script' must be the path of a script of a runbook, such as network/vpn@1/scripts/check.sh.");
        var id = match.Groups["id"].Value;
        var edition = match.Groups["version"] is { Success: true, Value: var version }
            ? catalog.Shelf.Edition(id, int.Parse(version, System.Globalization.CultureInfo.InvariantCulture))
            : catalog.Shelf.Edition(id);
        var (category, name) = (match.Groups["category"].Value, match.Groups["file"].Value);
        if (edition?.Source?.Runbook is not { } runbook || !runbook.Source.StartsWith(category, StringComparison.Ordinal) || StepOf(runbook, name) is not { } step)
            return new Problem(ProblemCode.InvalidArguments, $"No runbook has a step with the script {path}.");

        var file = edition.Content is { } content
            ? content.Scripts.TryGetValue(name, out var text) ? Materialised(content.Hash, name, text) : null
            : Beside(options.RunbookFolder, $"{category}{id}/{name}");
        return file is null
            ? new Problem(ProblemCode.InvalidArguments, $"The script {path} is not there, or is reached through a link.")
            : new RunbookScriptFile(file, runbook, step, HashOf(file));
    }

    private static RunbookStep? StepOf(Runbook runbook, string name) =>
        runbook.Steps.FirstOrDefault(s => s is DiagnoseStep diagnose && diagnose.File == name || s is ScriptStep script && (script.File == name || CheckBeside(script.File) == name));

    /// <summary>The script that says whether a change is done already.</summary>
    private static string CheckBeside(string file) => $"{Path.ChangeExtension(file, null)}.check{Path.GetExtension(file)}";

    private static string? Beside(string root, string path) => PlainFile(root, path) ? Path.Combine(root, path) : null;

    private string? Materialised(string hash, string name, string text)
    {
        var bytes = Plain.GetBytes(text);
        var path = $"{hash}/{name}";
        var file = Path.Combine(options.ScriptFolder, path);
        lock (_writing)
        {
            Directory.CreateDirectory(options.ScriptFolder);
            if (HasLink(options.ScriptFolder, path))
                return null;
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes))
                Write(file, bytes);
            return PlainFile(options.ScriptFolder, path) ? file : null;
        }
    }

    private static void Write(string file, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // Beside and moved: nobody ever finds half of it.
        var making = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllBytes(making, bytes);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(making, UnixFileMode.UserRead);
        File.Move(making, file, overwrite: true);
    }

    private static bool PlainFile(string root, string path) => File.Exists(Path.Combine(root, path)) && !HasLink(root, path);

    private static bool HasLink(string root, string path)
    {
        var current = root;
        foreach (var part in path.Split('/'))
        {
            current = Path.Combine(current, part);
            if (Path.Exists(current) && File.GetAttributes(current).HasFlag(FileAttributes.ReparsePoint))
                return true;
        }

        return false;
    }

    private static string HashOf(string file)
    {
        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    [GeneratedRegex(@"\A(?<category>(?:[A-Za-z0-9_.-]+/)?)(?<id>[a-z][a-z0-9_]*)(?:@(?<version>[0-9]{1,9}))?/(?<file>scripts/[A-Za-z0-9_.-]+)\z")]
    private static partial Regex Form();
}

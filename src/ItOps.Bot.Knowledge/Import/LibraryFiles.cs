using ItOps.Bot.Knowledge.Testing;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>The files that belong to a runbook of a folder, as they lie there.</summary>
public static class LibraryFiles
{
    public static IReadOnlyList<BundleFile> Of(string folder, RunbookSource source)
    {
        var own = $"{source.Runbook.Category}/{source.Runbook.Id}";
        var paths = source.Scripts.Select(s => $"{own}/{s}").Append(source.Runbook.Source).Append($"{own}/{RunbookTestsReader.FileName}");
        return [.. paths.Order(StringComparer.Ordinal).Where(p => File.Exists(Path.Combine(folder, p))).Select(p => new BundleFile(p, File.ReadAllBytes(Path.Combine(folder, p))))];
    }

    /// <summary>Whether the folder has exactly this already.</summary>
    public static bool Has(string folder, IEnumerable<RunbookSource> library, BundledRunbook runbook) =>
        library.FirstOrDefault(s => s.Runbook.Id == runbook.Source.Runbook.Id) is { } present
        && Of(folder, present) is var files
        && files.Select(f => f.Path).SequenceEqual(runbook.Files.Select(f => f.Path).Order(StringComparer.Ordinal))
        && files.All(f => runbook.Files.Single(other => other.Path == f.Path).Content.AsSpan().SequenceEqual(f.Content));
}

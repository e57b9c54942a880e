using ItOps.Bot.Knowledge.Testing;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>
/// The runbook folder as it would be, beside the one that is. It takes the other's place by two renames, so that the bot sees all of an import or none. Where
/// the machine stops between the two, the next import puts the old folder back.
/// </summary>
public sealed class StagedLibrary : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _present;

    private StagedLibrary(string present, FileStream only)
    {
        (_present, _lock) = (present, only);
        if (!Directory.Exists(_present) && Directory.Exists(Replaced))
            Directory.Move(Replaced, _present);
        Clear();
        Copy(new DirectoryInfo(_present), Path);
    }

    public string Path => _present + ".importing";

    private string Replaced => _present + ".replaced";

    /// <exception cref="IOException">Somebody else is importing, or the place beside the folder cannot be written.</exception>
    public static StagedLibrary Of(string folder)
    {
        var linked = Directory.Exists(folder) ? Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName : null;
        var present = System.IO.Path.TrimEndingDirectorySeparator(linked ?? System.IO.Path.GetFullPath(folder));
        var only = new FileStream(present + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        try
        {
            return new(present, only);
        }
        catch
        {
            only.Dispose();
            throw;
        }
    }

    /// <summary>The runbook with everything of its own, in place of the one with its id.</summary>
    public void Put(BundledRunbook runbook)
    {
        var own = System.IO.Path.Combine(Path, runbook.Source.Runbook.Category, runbook.Source.Runbook.Id);
        if (Directory.Exists(System.IO.Path.Combine(own, "scripts")))
            Directory.Delete(System.IO.Path.Combine(own, "scripts"), recursive: true);
        if (File.Exists(System.IO.Path.Combine(own, RunbookTestsReader.FileName)))
            File.Delete(System.IO.Path.Combine(own, RunbookTestsReader.FileName));
        Write(Path, runbook.Files);
    }

    /// <exception cref="IOException">The folder cannot be replaced; it is as it was.</exception>
    public void TakeEffect()
    {
        Directory.Move(_present, Replaced);
        try
        {
            Directory.Move(Path, _present);
        }
        catch
        {
            Directory.Move(Replaced, _present);
            throw;
        }
    }

    public void Dispose()
    {
        Clear();
        _lock.Dispose();
    }

    /// <summary>Writes files below a folder; their paths were read by a bundle and so lead nowhere else.</summary>
    public static void Write(string folder, IEnumerable<BundleFile> files)
    {
        foreach (var file in files)
        {
            if (BundlePath.Refusal(file.Path) is { } refusal)
                throw new InvalidOperationException($"'{BundlePath.Shown(file.Path)}' {refusal}");
            var path = System.IO.Path.Combine(folder, file.Path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content);
        }
    }

    /// <summary>What was replaced is kept for as long as nothing stands in its place.</summary>
    private void Clear()
    {
        foreach (var left in new[] { Path, Replaced }.Where(left => Directory.Exists(left) && (left == Path || Directory.Exists(_present))))
            Directory.Delete(left, recursive: true);
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        var made = Directory.CreateDirectory(to);
        if (!OperatingSystem.IsWindows())
            made.UnixFileMode = from.UnixFileMode;
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            var target = System.IO.Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (entry is FileInfo file)
                file.CopyTo(target);
            else
                Copy((DirectoryInfo)entry, target);
        }
    }
}

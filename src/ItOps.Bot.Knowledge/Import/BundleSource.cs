using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Import;

/// <summary>Reads a bundle from the disk: a folder, a zip, or one file. Links are not followed, and sizes are looked at before anything is read.</summary>
public static class BundleSource
{
    public static RunbookBundle Read(string path, string? category = null) => Read(path, category, ImportLimits.Default);

    /// <summary>The files of a folder, hidden ones left out, with their paths relative to it.</summary>
    public static (IReadOnlyList<BundleFile> Files, IReadOnlyList<SourceProblem> Problems) Files(string folder, ImportLimits limits)
    {
        var files = new List<BundleFile>();
        var problems = new List<SourceProblem>();
        long total = 0;
        foreach (var (file, path) in Entries(new DirectoryInfo(folder), "", problems))
        {
            total += Math.Min(file.Length, limits.FileBytes);
            if (file.Length > limits.FileBytes)
                problems.Add(new(BundlePath.Shown(path), 1, $"the file has {file.Length / 1024} KiB, and {limits.FileBytes / 1024} KiB are the most; shorten it"));
            else if (files.Count == limits.Files || total > limits.TotalBytes)
                problems.Add(new("bundle", 1, $"has more than {limits.Files} files, or more than {limits.TotalBytes / 1024} KiB; import it in parts"));
            else
                files.Add(new(path, Content(file, limits.FileBytes)));

            if (problems.Count >= limits.Problems || files.Count == limits.Files)
                break;
        }

        return problems.Count > 0 ? ([], problems) : (files, []);
    }

    internal static RunbookBundle Read(string path, string? category, ImportLimits limits)
    {
        if (Directory.Exists(path))
        {
            var (files, problems) = Files(path, limits);
            return problems.Count > 0 ? new([], problems) : BundleReader.Read(files, category, limits);
        }

        var file = new FileInfo(path);
        if (!file.Extension.Equals(".zip", StringComparison.OrdinalIgnoreCase))
            return BundleReader.Read([new(file.Name, Content(file, limits.FileBytes))], category, limits);

        using var stream = file.OpenRead();
        var (unpacked, refused) = RunbookZip.Read(stream, limits, file.Name);
        return refused.Count > 0 ? new([], [.. refused.Take(limits.Problems)]) : BundleReader.Read(unpacked, category, limits);
    }

    private static IEnumerable<(FileInfo File, string Path)> Entries(DirectoryInfo folder, string path, List<SourceProblem> problems)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(e => !e.Name.StartsWith('.')).OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var own = $"{path}{entry.Name}";
            if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                problems.Add(new(BundlePath.Shown(own), 1, "is a symbolic link, and links are not followed; put the file itself here"));
            else if (entry is FileInfo file)
                yield return (file, own);
            else
                foreach (var inner in Entries((DirectoryInfo)entry, own + "/", problems))
                    yield return inner;
        }
    }

    /// <summary>One byte more than allowed is enough to refuse a file of any size; what has no size, such as a pipe, is never opened.</summary>
    private static byte[] Content(FileInfo file, int most)
    {
        if (file.Length == 0)
            return [];
        using var stream = file.OpenRead();
        var content = new byte[(int)Math.Min(file.Length, most + 1)];
        stream.ReadExactly(content);
        return content;
    }
}

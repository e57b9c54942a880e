using System.Text.RegularExpressions;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>
/// Everything below the runbook folder: <c>category/id.md</c> and <c>category/id/scripts/*</c>. A file that is wrong is left out and named;
/// the others are read. Symbolic links are refused, so that nothing outside the folder is ever read.
/// </summary>
public sealed partial record RunbookFolder(IReadOnlyList<RunbookSource> Sources, IReadOnlyList<SourceProblem> Problems)
{
    public RunbookCatalog ToCatalog() => new(Sources.Select(s => s.Runbook), Problems);

    public static RunbookFolder Read(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
            return new RunbookFolder([], [new SourceProblem(folder, 1, "there is no such folder; set 'Knowledge:RunbookFolder' to the one with the runbooks")]);

        var sources = new List<RunbookSource>();
        var problems = new List<SourceProblem>();
        foreach (var entry in Entries(root, "", problems))
        {
            if (entry is DirectoryInfo category)
                ReadCategory(category, sources, problems);
            else if (IsRunbook(entry))
                problems.Add(new SourceProblem(entry.Name, 1, "a runbook lies in the folder of its category; move it into one, such as 'access'"));
        }

        return new RunbookFolder(WithoutTwins(sources, problems), problems);
    }

    private static void ReadCategory(DirectoryInfo category, List<RunbookSource> sources, List<SourceProblem> problems)
    {
        if (!PlainName().IsMatch(category.Name))
        {
            problems.Add(new SourceProblem(category.Name, 1, "a category's name holds small letters, digits, dash and underscore only; rename the folder"));
            return;
        }

        foreach (var file in Entries(category, category.Name, problems).OfType<FileInfo>().Where(IsRunbook))
        {
            var path = $"{category.Name}/{file.Name}";
            var (source, found) = RunbookReader.Read(path, Content(file), Scripts(category, file, problems));
            problems.AddRange(found);
            if (source is not null)
                sources.Add(source);
        }
    }

    private static HashSet<string> Scripts(DirectoryInfo category, FileInfo runbook, List<SourceProblem> problems)
    {
        var path = $"{category.Name}/{Path.GetFileNameWithoutExtension(runbook.Name)}";
        var own = new DirectoryInfo(Path.Combine(category.FullName, Path.GetFileNameWithoutExtension(runbook.Name)));
        if (!own.Exists || IsLink(own))
            return [];

        return Entries(own, path, problems).OfType<DirectoryInfo>().Where(d => d.Name == "scripts")
            .SelectMany(d => Entries(d, $"{path}/scripts", problems)).OfType<FileInfo>()
            .Select(f => $"scripts/{f.Name}").ToHashSet(StringComparer.Ordinal);
    }

    private static List<FileSystemInfo> Entries(DirectoryInfo folder, string path, List<SourceProblem> problems)
    {
        var entries = folder.GetFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal).ToList();
        foreach (var link in entries.Where(IsLink))
            problems.Add(new SourceProblem($"{path}/{link.Name}".TrimStart('/'), 1, "is a symbolic link, and links are not followed; put the file itself here"));
        return [.. entries.Where(e => !IsLink(e))];
    }

    /// <summary>One byte more than allowed is enough for the reader to refuse a file of any size.</summary>
    private static byte[] Content(FileInfo file)
    {
        using var stream = file.OpenRead();
        var content = new byte[(int)Math.Min(file.Length, RunbookFile.LargestBytes + 1)];
        stream.ReadExactly(content);
        return content;
    }

    private static List<RunbookSource> WithoutTwins(List<RunbookSource> sources, List<SourceProblem> problems)
    {
        var first = new Dictionary<string, RunbookSource>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (!first.TryAdd(source.Runbook.Id, source))
            {
                problems.Add(new SourceProblem(
                    source.Runbook.Source, source.LineOf("id"),
                    $"the id '{source.Runbook.Id}' is taken by {first[source.Runbook.Id].Runbook.Source}; choose another"));
            }
        }

        return [.. first.Values];
    }

    private static bool IsRunbook(FileSystemInfo entry) => entry is FileInfo && entry.Extension == ".md" && entry.Name != "README.md";

    private static bool IsLink(FileSystemInfo entry) => entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex PlainName();
}

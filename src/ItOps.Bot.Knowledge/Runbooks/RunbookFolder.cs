using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>
/// Everything below the runbook folder: <c>category/id.md</c> and <c>category/id/scripts/*</c>. A file that is wrong is left out and named;
/// the others are read. Symbolic links are refused, so that nothing outside the folder is ever read.
/// </summary>
public sealed partial record RunbookFolder(IReadOnlyList<RunbookSource> Sources, IReadOnlyList<SourceProblem> Problems)
{
    /// <summary>Each runbook as it is written, by its path.</summary>
    internal IReadOnlyDictionary<string, RunbookContent> Contents { get; init; } = new Dictionary<string, RunbookContent>();

    public RunbookCatalog ToCatalog() => new(new RunbookShelf(Sources.Select(s => RunbookEdition.Of(s, Contents.GetValueOrDefault(s.Runbook.Source))), [], Problems));

    public RunbookFiles ToFiles() => new([.. Sources.Select(s => new FiledRunbook(s, Contents[s.Runbook.Source]))], Problems);

    public static RunbookFolder Read(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
            return new RunbookFolder([], [new SourceProblem(folder, 1, "there is no such folder; set 'Knowledge:RunbookFolder' to the one with the runbooks")]);

        var sources = new List<RunbookSource>();
        var contents = new Dictionary<string, RunbookContent>(StringComparer.Ordinal);
        var problems = new List<SourceProblem>();
        foreach (var entry in Entries(root, "", problems))
        {
            if (entry is DirectoryInfo category)
                ReadCategory(category, sources, contents, problems);
            else if (IsRunbook(entry))
                problems.Add(new SourceProblem(entry.Name, 1, "a runbook lies in the folder of its category; move it into one, such as 'access'"));
        }

        return new RunbookFolder(WithoutTwins(sources, problems), problems) { Contents = contents };
    }

    private static void ReadCategory(
        DirectoryInfo category, List<RunbookSource> sources, Dictionary<string, RunbookContent> contents, List<SourceProblem> problems)
    {
        if (!PlainName().IsMatch(category.Name))
        {
            problems.Add(new SourceProblem(category.Name, 1, "a category's name holds small letters, digits, dash and underscore only; rename the folder"));
            return;
        }

        foreach (var file in Entries(category, category.Name, problems).OfType<FileInfo>().Where(IsRunbook))
        {
            var path = $"{category.Name}/{file.Name}";
            if (Scripts(category, file, problems) is not { } scripts)
                continue;
            var content = Content(file);
            var (source, found) = RunbookReader.Read(path, content, scripts.Keys.ToHashSet(StringComparer.Ordinal));
            problems.AddRange(found);
            if (source is null)
                continue;
            sources.Add(source);
            contents.Add(path, new(path, RunbookFile.Decode(content, new FileProblems(path))!, scripts));
        }
    }

    /// <summary>The scripts beside a runbook; none when one of them is no text that could be kept and shown.</summary>
    private static Dictionary<string, string>? Scripts(DirectoryInfo category, FileInfo runbook, List<SourceProblem> problems)
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = $"{category.Name}/{Path.GetFileNameWithoutExtension(runbook.Name)}";
        var own = new DirectoryInfo(Path.Combine(category.FullName, Path.GetFileNameWithoutExtension(runbook.Name)));
        if (!own.Exists || IsLink(own))
            return scripts;

        var files = Entries(own, path, problems).OfType<DirectoryInfo>().Where(d => d.Name == "scripts")
            .SelectMany(d => Entries(d, $"{path}/scripts", problems)).OfType<FileInfo>();
        foreach (var file in files)
        {
            var found = new FileProblems($"{path}/scripts/{file.Name}");
            if (RunbookFile.Decode(Content(file), found) is not { } text)
            {
                problems.AddRange(found.All);
                return null;
            }

            scripts.Add($"scripts/{file.Name}", text);
        }

        return scripts;
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

using System.CommandLine;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Commands.Runbooks;

/// <summary><c>runbooks export</c>: runbooks with their scripts and tests, byte for byte, as <c>runbooks import</c> takes them.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost bot)
    {
        var path = new Argument<string>("PATH") { Description = "A new folder, a new .zip, or a new .md for one runbook without scripts and tests" };
        var ids = new Option<string[]>("--id") { Description = "Only these", AllowMultipleArgumentsPerToken = true };
        var export = new Command("export", "Write runbooks with everything that belongs to them; exit code 1 when anything is wrong.") { path, ids };
        export.SetAction((parsed, _) => Task.FromResult(Run(bot, parsed.GetValue(path)!, parsed.GetValue(ids) ?? [])));
        return export;
    }

    private static int Run(CommandHost bot, string path, string[] ids)
    {
        using var host = bot.Build();
        var folder = host.Services.GetRequiredService<BotSettings>().RunbookFolder;
        var library = host.Services.GetRequiredService<RunbookFolder>();
        var known = library.Sources.Select(s => s.Runbook.Id).ToList();
        if (ids.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
            throw new RunbooksException($"--id: there is no runbook '{unknown}'{Nearest.Hint(unknown, known)}.");

        var bundles = host.Services.GetRequiredService<IRunbookBundles>();
        var files = library.Sources.Where(s => ids.Length == 0 || ids.Contains(s.Runbook.Id)).SelectMany(s => LibraryFiles.Of(folder, s)).ToList();
        IReadOnlyList<SourceProblem> problems = [.. ids.Length == 0 ? library.Problems : [], .. bundles.Read(files).Problems];
        foreach (var problem in problems)
            System.Console.WriteLine(problem);
        if (problems.Count > 0)
            return 1;

        Write(path, files, bundles);
        System.Console.WriteLine($"ok {files.Count(f => f.Path.EndsWith(".md", StringComparison.Ordinal))} runbooks, {files.Count} files in {path}");
        return 0;
    }

    private static void Write(string path, List<BundleFile> files, IRunbookBundles bundles)
    {
        try
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".zip":
                    NewPlace.OneFile(path, bundles.ToZip(files), "PATH");
                    break;
                case ".md" when files is [var only]:
                    NewPlace.OneFile(path, only.Content, "PATH");
                    break;
                case ".md":
                    throw new RunbooksException($"PATH is '{path}', and one file cannot hold {files.Count}; name one runbook without scripts and tests with --id, or write a folder or a .zip.");
                default:
                    NewPlace.Folder(path, "PATH");
                    StagedLibrary.Write(path, files);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunbooksException($"PATH is '{path}', which cannot be written ({e.Message}).");
        }
    }
}

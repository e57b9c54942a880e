using System.CommandLine;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Commands.Runbooks;

/// <summary><c>runbooks import</c>: all of it becomes part of the runbook folder, or nothing.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandHost bot)
    {
        var path = new Argument<string>("PATH") { Description = "A folder, a .zip, one .md; or a .csv or .json of plain instructions" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what is wrong and what would be imported" };
        var category = new Option<string?>("--category") { Description = "For what lies in no category's folder, such as one .md" };
        var drafts = new Option<string?>("--drafts") { Description = "A new folder for the drafts that plain instructions become" };
        var import = new Command("import", "Add runbooks, or new versions of them, to the runbook folder: all or nothing; exit code 1 when anything is wrong.") { path, dryRun, category, drafts };
        import.SetAction((parsed, cancellationToken) => RunAsync(
            bot, new(parsed.GetValue(path)!, parsed.GetValue(category), parsed.GetValue(drafts), parsed.GetValue(dryRun)), cancellationToken));
        return import;
    }

    private sealed record Wanted(string Path, string? Category, string? Drafts, bool DryRun);

    private static async Task<int> RunAsync(CommandHost bot, Wanted wanted, CancellationToken cancellationToken)
    {
        if (!File.Exists(wanted.Path) && !Directory.Exists(wanted.Path))
            throw new RunbooksException($"There is nothing at '{wanted.Path}'.");
        using var host = bot.Build();
        var folder = host.Services.GetRequiredService<BotSettings>().RunbookFolder;
        var library = host.Services.GetRequiredService<RunbookFolder>();
        var bundle = BundleSource.Read(wanted.Path, wanted.Category ?? CategoryOf(wanted.Path, library));
        if (bundle.AreDrafts)
            return Draft(bundle, wanted);

        var news = bundle with { Runbooks = [.. bundle.Runbooks.Where(r => !LibraryFiles.Has(folder, library.Sources, r))] };
        var problems = host.Services.GetRequiredService<IRunbookBundles>().Check(library.Sources, news);
        if (problems.Count == 0 && news.Runbooks.Count > 0)
            problems = await StageAsync(bot, host.Services, folder, news, wanted.DryRun, cancellationToken);
        if (problems.Count > 0)
            return Refuse(problems);

        foreach (var runbook in news.Runbooks.Select(r => r.Source.Runbook))
            System.Console.WriteLine($"{(wanted.DryRun ? "would import" : "imported")} {runbook.Source} version {runbook.Version}");
        System.Console.WriteLine($"ok {news.Runbooks.Count} runbooks, {bundle.Runbooks.Count - news.Runbooks.Count} unchanged");
        return 0;
    }

    /// <summary>What is known here already keeps its place.</summary>
    private static string? CategoryOf(string path, RunbookFolder library) =>
        library.Sources.FirstOrDefault(s => File.Exists(path) && s.Runbook.Id == Path.GetFileNameWithoutExtension(path))?.Runbook.Category;

    /// <summary>Tests the library as it would be, which then takes the place of the one that is.</summary>
    private static async Task<IReadOnlyList<SourceProblem>> StageAsync(
        CommandHost bot, IServiceProvider services, string folder, RunbookBundle news, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            using var staged = StagedLibrary.Of(folder);
            foreach (var runbook in news.Runbooks)
                staged.Put(runbook);
            var ids = news.Runbooks.Select(r => r.Source.Runbook.Id).ToHashSet(StringComparer.Ordinal);
            var report = await TestCommand.TestAsync(bot, services, staged.Path, ids, cancellationToken);
            if (report.Problems.Count == 0 && !dryRun)
                staged.TakeEffect();
            return report.Problems;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunbooksException($"Knowledge:RunbookFolder is '{folder}', which cannot be replaced ({e.Message}). Nothing was imported.");
        }
    }

    private static int Draft(RunbookBundle bundle, Wanted wanted)
    {
        if (wanted.Drafts is not { } drafts)
            return Refuse([new(Path.GetFileName(wanted.Path), 1, "plain instructions become drafts, which somebody must go through; name a new folder for them with --drafts, and import that folder afterwards")]);
        if (!wanted.DryRun)
        {
            NewPlace.Folder(drafts, "--drafts");
            StagedLibrary.Write(drafts, bundle.Runbooks.SelectMany(r => r.Files));
        }

        System.Console.WriteLine($"{(wanted.DryRun ? "would write" : "wrote")} {bundle.Runbooks.Count} drafts to {drafts}; go through each, write version 1, and import the folder");
        return 0;
    }

    private static int Refuse(IReadOnlyList<SourceProblem> problems)
    {
        foreach (var problem in problems)
            System.Console.WriteLine(problem);
        return 1;
    }
}

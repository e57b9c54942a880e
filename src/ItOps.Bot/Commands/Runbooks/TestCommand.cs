using System.CommandLine;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Host.Rehearsal;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Testing;

namespace ItOps.Bot.Host.Commands.Runbooks;

/// <summary><c>runbooks test</c>: every problem as <c>file:line: message</c>.</summary>
internal static class TestCommand
{
    public static Command Create(CommandHost bot)
    {
        var id = new Option<string?>("--id") { Description = "Only this runbook, against all others" };
        var verbose = new Option<bool>("--verbose") { Description = "A line for each runbook" };
        var test = new Command("test", "Hold all runbooks against their tests and against each other, with a dry run in the sandbox; exit code 1 when anything is wrong.") { id, verbose };
        test.SetAction((parsed, cancellationToken) => RunAsync(bot, parsed.GetValue(id), parsed.GetValue(verbose), cancellationToken));
        return test;
    }

    private static async Task<int> RunAsync(CommandHost bot, string? id, bool verbose, CancellationToken cancellationToken)
    {
        using var host = bot.Build();
        var folder = host.Services.GetRequiredService<RunbookFolder>();
        if (id is not null && folder.Sources.All(s => s.Runbook.Id != id))
            throw new RunbooksException($"--id: there is no runbook '{id}'{Bot.Runbooks.Nearest.Hint(id, folder.Sources.Select(s => s.Runbook.Id))}.");

        var path = host.Services.GetRequiredService<BotSettings>().RunbookFolder;
        var missing = TestFiles.Read(path, folder.Sources.Where(s => id is null || s.Runbook.Id == id)).Missing;
        var report = await TestAsync(bot, host.Services, path, id is null ? null : new HashSet<string> { id }, cancellationToken);
        report = report with { Problems = [.. missing, .. report.Problems] };
        foreach (var problem in report.Problems)
            System.Console.WriteLine(problem);
        foreach (var runbook in report.Runbooks.Where(_ => verbose))
            System.Console.WriteLine(runbook);
        var (found, all) = (report.Runbooks.Sum(r => r.LeftOut.Found), report.Runbooks.Sum(r => r.LeftOut.All));
        if (verbose && all > 0)
            System.Console.WriteLine($"{found} of {all} utterances find their runbook unseen");
        if (report.Problems.Count == 0)
            System.Console.WriteLine($"ok {report.Runbooks.Count} runbooks, {report.Cases} cases");
        return report.Problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Tests the library that lies in a folder, with the operations of this installation.</summary>
    /// <param name="only">Ids of the runbooks that are to be tested, against all others; null for all.</param>
    public static async Task<TestReport> TestAsync(CommandHost bot, IServiceProvider services, string path, IReadOnlySet<string>? only, CancellationToken cancellationToken)
    {
        var operations = services.GetRequiredService<OperationCatalog>().Descriptors;
        var library = RunbookFolder.Read(path);
        var files = TestFiles.Read(path, library.Sources);
        await using var rehearsal = await PlanRehearsal.StartAsync(bot.Settings, path, operations, cancellationToken);
        var report = await new LibraryTest(library.Sources, files.Tests, services.GetRequiredService<ISlotReader>(), operations, rehearsal).RunAsync(only, cancellationToken);
        var unread = library.Problems.Concat(files.Problems).Where(p => only is null || only.Any(id => p.File.Contains($"/{id}.", StringComparison.Ordinal) || p.File.Contains($"/{id}/", StringComparison.Ordinal)));
        return report with { Problems = [.. unread, .. report.Problems] };
    }
}

/// <summary>What was given to a command cannot be used; the message names it.</summary>
internal sealed class RunbooksException(string message) : OperatorException(message);

using System.CommandLine;
using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Commands.Runbooks;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>runbooks</c>: lint, test, import, export and reindex, each problem as <c>file:line: message</c>.</summary>
internal static class RunbooksCommand
{
    public static Command Create(CommandHost bot)
    {
        var lint = new Command("lint", "Check all runbooks; exit code 1 when anything is wrong.");
        lint.SetAction((_, _) => LintAsync(bot));
        return new Command("runbooks", "The runbooks.") { lint, TestCommand.Create(bot), ImportCommand.Create(bot), ExportCommand.Create(bot), ReindexCommand.Create(bot) };
    }

    private static async Task<int> LintAsync(CommandHost bot)
    {
        using var host = bot.Build();
        var folder = host.Services.GetRequiredService<RunbookFolder>();
        var problems = folder.Problems.Concat(RunbookLinter.Lint([.. folder.Sources], host.Services.GetRequiredService<OperationCatalog>().Descriptors, host.Services.GetRequiredService<CommandPolicy>())).ToList();
        foreach (var problem in problems)
            System.Console.WriteLine(problem);
        if (problems.Count == 0)
            System.Console.WriteLine($"ok {folder.Sources.Count} runbooks");
        return problems.Count == 0 ? 0 : 1;
    }
}

using System.CommandLine;
using ItOps.Bot.Commits;
using ItOps.Bot.Executors;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Host.Serving;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Host.Commands;

/// <summary>The program's verbs. Without one it serves.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            // Without a verb, all arguments are settings of the host ("--urls", "--Storage:Provider").
            if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version")))
            {
                await BotServer.Build(args).RunAsync();
                return 0;
            }

            return await Root().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (Expected(e))
        {
            await System.Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static RootCommand Root() => new("IT-operations assistant. Without a command it serves the console on http://localhost:3978.")
    {
        EvalCommand.Create(),
        RunbooksCommand.Create(),
        AuditCommand.Create(),
        ChatCommand.Create(),
        DoctorCommand.Create(),
    };

    /// <summary>Faults of settings, files and surroundings, whose message is meant for the operator.</summary>
    private static bool Expected(Exception e) =>
        e is SettingException or ExecutorSettingException or PolicyRefusedException or StoreUnavailableException or InvalidDataException or IOException
        || e.InnerException is { } inner && Expected(inner);
}

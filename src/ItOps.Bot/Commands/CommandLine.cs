using System.CommandLine;
using ItOps.Bot.Host.Serving;

namespace ItOps.Bot.Host.Commands;

/// <summary>The program's verbs. Without one it serves.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var verb = VerbAt(args);
            if (verb is null)
            {
                await BotServer.Build(args).RunAsync();
                return 0;
            }

            return await Root(new CommandHost(args[..verb.Value])).Parse(args[verb.Value..]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is OperatorException or IOException)
        {
            await System.Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Where the verb stands, behind settings of the host ("--environment Development"); none when there are only settings.</summary>
    private static int? VerbAt(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-') || args[i] is "--help" or "-h" or "-?" or "--version")
                return i;
            if (!args[i].Contains('=', StringComparison.Ordinal))
                i++;
        }

        return null;
    }

    private static RootCommand Root(CommandHost bot) => new("IT-operations assistant. Without a command it serves the console on http://localhost:3978.")
    {
        EvalCommand.Create(bot),
        RunbooksCommand.Create(bot),
        AuditCommand.Create(bot),
        ChatCommand.Create(bot),
        DoctorCommand.Create(bot),
        DrillCommand.Create(bot.Settings),
        ManifestsCommand.Create(),
    };
}

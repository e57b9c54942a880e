using System.CommandLine;
using ItOps.Bot.Channels;
using ItOps.Bot.Channels.Terminal;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>chat --as PERSON</c>: the bot in a terminal, on the same database as the server.</summary>
internal static class ChatCommand
{
    public static Command Create(CommandHost bot)
    {
        var person = new Option<string>("--as") { Description = "Who is at the terminal, such as alice", Required = true };
        var chat = new Command("chat", "Talk to the bot here. Write a number to tap a choice, an empty line or end of input to leave.") { person };
        chat.SetAction((parsed, cancellationToken) => RunAsync(bot, parsed.GetValue(person)!, cancellationToken));
        return chat;
    }

    private static async Task<int> RunAsync(CommandHost bot, string person, CancellationToken cancellationToken)
    {
        var screen = new TerminalScreen(System.Console.Out);
        using var host = bot.Build(services => services.AddTerminal(person, screen));
        await host.StartAsync(cancellationToken);
        try
        {
            var identity = TerminalChannel.IdentityOf(person);
            var principal = await host.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(identity, cancellationToken);
            if (principal.Failed)
            {
                var known = await host.Services.GetRequiredService<IPersonDirectory>().AllAsync(cancellationToken);
                await System.Console.Error.WriteLineAsync($"--as: nobody is called '{person}' here. There are: {string.Join(", ", known.Select(p => p.Names[0]))}.");
                return 1;
            }

            await ActivatorUtilities.CreateInstance<TerminalSession>(host.Services, screen, identity).RunAsync(System.Console.In, cancellationToken);
            return 0;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}

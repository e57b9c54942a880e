using ItOps.Bot.Channels.Terminal;
using ItOps.Bot.Replies;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Channels;

/// <summary>The ways to reach people outside the console.</summary>
public static class ChannelsModule
{
    /// <summary>Adds the terminal for one person; only a process that owns a terminal does.</summary>
    public static IServiceCollection AddTerminal(this IServiceCollection services, string person, TerminalScreen screen) => services
        .AddSingleton<IChannel>(new TerminalChannel(person, screen));
}

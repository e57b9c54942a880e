using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Timers;

/// <summary>
/// Hands Quartz's log lines to the bot's log. Quartz has a container of its own and takes a factory there for the application's only when a provider is
/// registered beside it.
/// </summary>
internal sealed class BotLogs(ILoggerFactory logs) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => logs.CreateLogger(categoryName);

    public void Dispose()
    {
        // The factory belongs to the bot.
    }
}

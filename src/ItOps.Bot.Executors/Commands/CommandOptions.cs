namespace ItOps.Bot.Executors.Commands;

/// <param name="TimeOut">A command that takes longer is ended.</param>
/// <param name="Sudo">By which program commands that change something become root on the bot's own host; none when they need not.</param>
internal sealed record CommandOptions(TimeSpan TimeOut, string? Sudo);

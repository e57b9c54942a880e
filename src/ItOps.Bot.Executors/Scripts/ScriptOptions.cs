namespace ItOps.Bot.Executors.Scripts;

/// <param name="RunbookFolder">The absolute path of the folder that scripts are found in.</param>
/// <param name="TimeOut">A script that takes longer is ended.</param>
internal sealed record ScriptOptions(string RunbookFolder, TimeSpan TimeOut);

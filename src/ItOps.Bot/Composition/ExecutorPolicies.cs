using ItOps.Bot.Executors;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Host.Composition;

/// <summary>What the executors may do, from the operator's lists.</summary>
internal static class ExecutorPolicies
{
    /// <exception cref="PolicyRefusedException">A list is missing or wrong: without it nobody knows what may be run, so nothing starts (I7).</exception>
    public static ExecutorsOptions Read(BotSettings settings, ExecutorsOptions executors)
    {
        var (commands, problems) = CommandReader.ReadFile(settings.CommandsFile);
        var (aws, gaps) = AwsReader.ReadFile(settings.AwsFile);
        return executors with
        {
            Commands = commands ?? throw new PolicyRefusedException("command", problems),
            Aws = aws ?? throw new PolicyRefusedException("AWS", gaps),
        };
    }
}

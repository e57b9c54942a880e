using ItOps.Bot.Host.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Chaos.Bots;

/// <summary>The bot as it serves, on a port of its own and on a database in the given folder.</summary>
internal static class BotHost
{
    public static IHost Build(string folder, IReadOnlyDictionary<string, string> settings, Action<IServiceCollection> change) => BotServer.Build(
        [
            "--environment=Development",
            "--urls=http://127.0.0.1:0",
            $"--Storage:Folder={folder}",
            "--Logs:Folder=",
            "--Logging:LogLevel:Default=Error",
            // What a practice password costs is the sandbox's matter, and a history should not take a second for it.
            "--Executors:Sandbox:PasswordIterations=1000",
            .. settings.Select(s => $"--{s.Key}={s.Value}"),
        ],
        change);
}

using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Scripts;

/// <summary>Scripts beside the runbooks, on the bot's own host and on the hosts that are connected.</summary>
internal sealed class ScriptsModule : IExecutorModule
{
    public string Name => "Scripts";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        // A step is stopped after two minutes, and reaching a host takes a part of them.
        var timeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 30, atLeast: 1, atMost: 80));
        if (settings.Optional("PowerShell") is { } shell)
            services.AddSingleton(BotHostOptions.Usual with { PowerShell = Path.IsPathFullyQualified(shell) ? shell : throw settings.Wrong("PowerShell", "must be the whole path of pwsh") });
        services.AddSingleton(new ScriptOptions(settings.RunbookFolder, timeOut))
            .AddSingleton<RunbookScripts>()
            .AddSingleton<ScriptRunner>()
            .AddSingleton<IOperation, CheckScript>()
            .AddSingleton<IOperation, RunScript>();
    }
}

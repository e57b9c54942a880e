using ItOps.Bot.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Bash;

/// <summary>Read-only checks of the bot's own host, as scripts beside the runbooks.</summary>
internal sealed class BashModule : IExecutorModule
{
    public string Name => "Bash";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        var timeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 30, atLeast: 1, atMost: 600));
        services.AddSingleton(new BashOptions(settings.RunbookFolder, timeOut));
        services.AddSingleton<RunbookScripts>();
        services.AddSingleton<IOperation, BashDiagnosis>();
    }
}

using ItOps.Bot.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Commands;

/// <summary>Simple commands of the allow-list, on the bot's own host and on the hosts that are connected.</summary>
internal sealed class CommandsModule : IExecutorModule
{
    private const string UsualSudo = "/usr/bin/sudo";

    public string Name => "Commands";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        // A step is stopped after two minutes, and reaching a host takes a part of them.
        var timeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 30, atLeast: 1, atMost: 80));
        services.AddSingleton(new CommandOptions(timeOut, settings.Flag("Sudo", otherwise: false) ? UsualSudo : null)).AddSingleton<IOperation, RunCommand>();
    }
}

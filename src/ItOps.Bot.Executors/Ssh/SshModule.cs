using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>Machines that are reached over SSH, for scripts and commands.</summary>
internal sealed class SshModule : IExecutorModule
{
    public string Name => "Ssh";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        var options = SshSettings.Read(settings);
        services.AddSingleton(options).AddSingleton<PinnedKeys>().AddSingleton<ISelfCheck, SshSelfCheck>();
        foreach (var host in options.Hosts)
            services.AddSingleton<Host>(provider => new SshHost(host, options, provider.GetRequiredService<PinnedKeys>(), provider.GetRequiredService<ProcessRunner>()));
    }
}

using ItOps.Bot.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>Linux accounts of the bot's own machine.</summary>
internal sealed class LocalAccountsModule : IExecutorModule
{
    public string Name => "LocalAccounts";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        if (!OperatingSystem.IsLinux())
            throw settings.Wrong("Enabled", "must be false: only Linux has these accounts");
        services
            .AddSingleton(LocalAccountsOptions.Read(settings))
            .AddSingleton<LinuxTools>()
            .AddSingleton<LocalReader>()
            .AddSingleton<IAccountDirectory, LocalDirectory>()
            .AddSingleton<ISelfCheck, LocalAccountsSelfCheck>();
    }
}

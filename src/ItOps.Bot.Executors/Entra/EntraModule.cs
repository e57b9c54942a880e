using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Entra.Graph;
using ItOps.Bot.Executors.Entra.Tokens;
using ItOps.Bot.People;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Entra;

/// <summary>Microsoft Entra ID, through Microsoft Graph: accounts, groups and, where <c>Identity:Source</c> says so, people.</summary>
internal sealed class EntraModule : IExecutorModule
{
    public string Name => "Entra";

    public bool OffersPeople => true;

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        services
            .AddSingleton(EntraOptions.From(settings))
            .AddSingleton<EntraToken>()
            .AddSingleton<GraphClock>()
            .AddSingleton<GraphConnection>()
            .AddSingleton<GraphReader>()
            .AddSingleton<GraphWriter>()
            .AddSingleton<PolicyGroups>()
            .AddSingleton<EntraPrivileges>()
            .AddSingleton<EntraSnapshots>()
            .AddSingleton<IAccountDirectory, EntraDirectory>()
            .AddSingleton<ISelfCheck, EntraSelfCheck>();
        if (settings.IsPeopleSource)
            services.AddSingleton<IPersonDirectory, EntraPeople>().AddSingleton<IAccountLinks, EntraLinks>();
    }
}

using ItOps.Bot.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Jira;

/// <summary>Jira Cloud: roles in projects.</summary>
internal sealed class JiraModule : IExecutorModule
{
    public string Name => "Jira";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        var options = JiraOptions.From(settings);
        services
            .AddSingleton(options)
            .AddSingleton<JiraClient>()
            .AddSingleton<JiraCatalogue>()
            .AddSingleton<IAccountDirectory, JiraDirectory>()
            .AddSingleton<ISelfCheck, JiraSelfCheck>();
        if (options.MatchByEmail)
            services.AddSingleton<IAccountLinks, JiraEmailLinks>();
    }
}

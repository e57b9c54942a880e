using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Objects;
using ItOps.Bot.Executors.ActiveDirectory.People;
using ItOps.Bot.People;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.ActiveDirectory;

/// <summary>The accounts and groups of a Windows domain over LDAP and, where <c>Identity:Source</c> names it, the people.</summary>
internal sealed class ActiveDirectoryModule : IExecutorModule
{
    public string Name => "ActiveDirectory";

    public bool OffersPeople => true;

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        services
            .AddSingleton(ActiveDirectorySettings.Read(settings))
            .AddSingleton<DomainConnections>()
            .AddSingleton<DomainSearch>()
            .AddSingleton<ProtectedGroups>()
            .AddSingleton<AccountReader>()
            .AddSingleton<GroupReader>()
            .AddSingleton<PasswordSetter>()
            .AddSingleton<IAccountDirectory, ActiveDirectoryAccounts>()
            .AddSingleton<ISelfCheck, ActiveDirectorySelfCheck>();
        if (settings.IsPeopleSource)
        {
            services
                .AddSingleton<PeopleReader>()
                .AddSingleton<IPersonDirectory, ActiveDirectoryPeople>()
                .AddSingleton<IAccountLinks, ActiveDirectoryLinks>();
        }
    }
}

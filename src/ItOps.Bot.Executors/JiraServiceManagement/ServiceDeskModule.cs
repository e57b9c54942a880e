using ItOps.Bot.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.JiraServiceManagement;

/// <summary>Jira Service Management (Cloud): customer requests for what is handed to people.</summary>
internal sealed class ServiceDeskModule : IExecutorModule
{
    public string Name => "JiraServiceManagement";

    public void Register(IServiceCollection services, ExecutorSettings settings) => services
        .AddSingleton(ServiceDeskOptions.From(settings))
        .AddSingleton<ServiceDeskClient>()
        .AddSingleton<ITicketDesk, ServiceDesk>()
        .AddSingleton<ISelfCheck, ServiceDeskSelfCheck>();
}

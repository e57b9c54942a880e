using ItOps.Bot.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.ServiceNow;

/// <summary>ServiceNow: incidents for what is handed to people.</summary>
internal sealed class ServiceNowModule : IExecutorModule
{
    public string Name => "ServiceNow";

    public void Register(IServiceCollection services, ExecutorSettings settings) => services
        .AddSingleton(ServiceNowOptions.From(settings))
        .AddSingleton<ServiceNowClient>()
        .AddSingleton<ITicketDesk, ServiceNowDesk>()
        .AddSingleton<ISelfCheck, ServiceNowSelfCheck>();
}

using ItOps.Bot.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.AwsCli;

/// <summary>The calls to AWS of the allow-list, by the <c>aws</c> program.</summary>
internal sealed class AwsCliModule : IExecutorModule
{
    public string Name => "AwsCli";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        services.AddSingleton(AwsCliSettings.Read(settings)).AddSingleton<AwsProgram>().AddSingleton<ISelfCheck, AwsCliSelfCheck>();
        AddOperations(services, settings, connected: true);
    }

    public void Declare(IServiceCollection services, ExecutorSettings settings) => AddOperations(services, settings, connected: false);

    private static void AddOperations(IServiceCollection services, ExecutorSettings settings, bool connected)
    {
        foreach (var call in settings.Aws.Calls)
        {
            var readBy = settings.Aws.Calls.FirstOrDefault(c => c.Id == call.ReadBy);
            services.AddSingleton<IOperation>(provider => new AwsOperation(call, readBy, connected ? provider.GetRequiredService<AwsProgram>() : null, provider.GetRequiredService<TimeProvider>()));
        }
    }
}

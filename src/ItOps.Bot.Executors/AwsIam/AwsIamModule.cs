using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>IAM users of one or more AWS accounts.</summary>
internal sealed class AwsIamModule : IExecutorModule
{
    public string Name => "AwsIam";

    public void Register(IServiceCollection services, ExecutorSettings settings)
    {
        var options = AwsIamSettings.Read(settings);
        services
            .AddSingleton(options)
            .AddSingleton<AwsCredentialSource>()
            .AddSingleton<IamTransport>()
            .AddSingleton<IamClient>()
            .AddSingleton<IamPower>()
            .AddSingleton<AwsIamReader>()
            .AddSingleton<IAccountDirectory, AwsIamDirectory>()
            .AddSingleton<ISelfCheck, AwsIamSelfCheck>();
        if (options.OwnerTag is { } tag)
            services.AddSingleton<IAccountLinks>(p => new AwsOwnerTags(p.GetRequiredService<IamClient>(), options, tag, new(p.GetRequiredService<IPersonDirectory>)));
    }
}

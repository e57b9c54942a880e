using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Testing.Assurance;

/// <summary>For tests of other parts: a policy that asks for no evidence and limits nothing.</summary>
public static class NothingToProve
{
    public static readonly AssurancePolicy Policy = new(1, []);

    public static IServiceCollection AddNothingToProve(this IServiceCollection services) => services
        .AddSingleton(Policy)
        .AddSingleton<ITargetHistory, NoHistory>()
        .AddSingleton<SecondRoutes>()
        .AddSingleton<AssuranceDesk>()
        .AddSingleton<TargetGuard>();

    private sealed class NoHistory : ITargetHistory
    {
        public Task<IReadOnlyList<TargetUse>> SinceAsync(PersonId owner, DateTimeOffset since, int take, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<TargetUse>>([]);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Testing.Ports;

public static class Decoration
{
    /// <summary>Puts something in front of every registered <typeparamref name="TPort"/>, which the bot's code cannot tell from the real one.</summary>
    public static IServiceCollection Decorate<TPort>(this IServiceCollection services, Func<TPort, TPort> wrap)
        where TPort : class
    {
        for (var i = 0; i < services.Count; i++)
        {
            var real = services[i];
            if (real.ServiceType == typeof(TPort))
                services[i] = ServiceDescriptor.Describe(typeof(TPort), provider => wrap((TPort)Make(real, provider)), real.Lifetime);
        }

        return services;
    }

    private static object Make(ServiceDescriptor real, IServiceProvider provider) =>
        real.ImplementationInstance
        ?? real.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!);
}

using ItOps.Bot.Knowledge.Embeddings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>Retrieval with vectors in Chroma.</summary>
public static class ChromaModule
{
    public static IServiceCollection AddChroma(this IServiceCollection services, ChromaOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        if (options.Embeddings is { } endpoint)
            services.AddSingleton<IEmbedder>(provider => ActivatorUtilities.CreateInstance<EndpointEmbedder>(provider, endpoint, options.EmbeddingTimeOut));
        else
            services.AddSingleton<IEmbedder, BuiltInEmbedder>();
        return services
            .AddSingleton(options)
            .AddSingleton<ChromaClient>()
            .AddSingleton<ChromaIndex>()
            .AddSingleton<ChromaState>()
            .AddSingleton<ChromaReconciler>()
            .AddHostedService(provider => provider.GetRequiredService<ChromaReconciler>())
            .AddSingleton<ISelfCheck, ChromaSelfCheck>()
            .AddSingleton<IRetriever, ChromaRetriever>();
    }
}

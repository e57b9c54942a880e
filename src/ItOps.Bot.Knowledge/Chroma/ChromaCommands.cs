using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>What commands do with Chroma, in a process that does not serve.</summary>
public static class ChromaCommands
{
    /// <summary>Waits until what retrieval leans on is as the runbooks are; with the embedded ranking alone there is nothing to wait for.</summary>
    /// <returns>What had to be done; none with the embedded ranking alone.</returns>
    /// <exception cref="OperatorException">It cannot be, and what would be measured now is something else.</exception>
    public static async Task<ReindexReport?> PrepareRetrievalAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetService<ChromaReconciler>() is { } reconciler ? await reconciler.ReconcileAsync(anew: false, cancellationToken) : null;

    /// <summary>The vectors without the embedded ranking, to compare with; none when there are none.</summary>
    /// <param name="threshold">How like the nearest text must be, from 0 to 1.</param>
    public static IRetriever? VectorsAlone(this IServiceProvider services, double threshold) => services.GetService<ChromaIndex>() is { } index ? new VectorsAlone(index, threshold) : null;

    /// <summary>Embeds every runbook again, into a collection made anew.</summary>
    /// <exception cref="OperatorException">Chroma is not asked for, or it cannot be done.</exception>
    public static Task<ReindexReport> ReindexAsync(this IServiceProvider services, CancellationToken cancellationToken) => services.GetService<ChromaReconciler>() is { } reconciler
        ? reconciler.ReconcileAsync(anew: true, cancellationToken)
        : throw new SettingException("Knowledge:Retriever is 'embedded': it keeps no index outside of the process. Only with Knowledge:Retriever=chroma is there something to rebuild.");
}

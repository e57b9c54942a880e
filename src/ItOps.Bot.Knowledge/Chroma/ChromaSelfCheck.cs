using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>Whether Chroma answers, has the runbooks, and questions get vectors. Without it the bot goes on, less well.</summary>
internal sealed class ChromaSelfCheck(ChromaOptions options, ChromaClient client, ChromaIndex index, ChromaState state, IEmbedder embedder, RunbookCatalog catalog) : ISelfCheck
{
    private const string Meanwhile = "until then the embedded ranking answers alone";

    public string Name => "chroma";

    public string? Problem => null;

    public string? Degraded => state.Problem is { } problem ? $"the embedded ranking answers alone; {problem}" : index.IsFilled ? null : "the embedded ranking answers alone until the collection is filled";

    /// <summary>What lies behind something that is wrong is not looked at.</summary>
    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var look in (Func<CancellationToken, Task<CheckResult>>[])[ServerAsync, DatabaseAsync, CollectionAsync])
        {
            results.Add(await look(cancellationToken));
            if (results[^1].Problem is not null)
                break;
        }

        results.Add(await EmbeddingsAsync(cancellationToken));
        return results;
    }

    private Task<CheckResult> ServerAsync(CancellationToken cancellationToken) => TryAsync(
        "server",
        $"Start it, or correct Knowledge:Chroma:Url and Token; {Meanwhile}",
        async () => new("server", null, $"{options.Url} answers, version {await client.VersionAsync(cancellationToken)}"));

    private Task<CheckResult> DatabaseAsync(CancellationToken cancellationToken) => TryAsync(
        "database",
        $"Correct Knowledge:Chroma:Tenant, Knowledge:Chroma:Database and Token; {Meanwhile}",
        async () => await client.HasDatabaseAsync(cancellationToken)
            ? new("database", null, $"{options.Database} of the tenant {options.Tenant}")
            : new("database", $"there is no database '{options.Database}' of a tenant '{options.Tenant}'. Make it, or correct Knowledge:Chroma:Tenant and Knowledge:Chroma:Database; {Meanwhile}"));

    private Task<CheckResult> CollectionAsync(CancellationToken cancellationToken) => TryAsync("collection", "Meanwhile the embedded ranking answers alone", async () =>
    {
        var wanted = catalog.All.Where(r => r.IsFound).Sum(r => IndexedRunbook.Of(r).Texts.Count);
        return await index.LookAsync(cancellationToken) is { } there
            ? new("collection", null, FormattableString.Invariant($"{index.Name}: {there.Records} vectors, {wanted} wanted; a difference is made good in the background"))
            : new("collection", null, $"{index.Name} is not there yet; the server makes it when it starts, and so does 'runbooks reindex'");
    });

    private Task<CheckResult> EmbeddingsAsync(CancellationToken cancellationToken) => TryAsync(
        "embeddings",
        "Correct Knowledge:Llm:Endpoint, ApiKey and EmbeddingModel, or leave EmbeddingModel out to use the built-in embedder",
        async () =>
        {
            var vector = (await embedder.EmbedAsync(["i am locked out"], EmbeddingUse.Question, cancellationToken))[0];
            return new("embeddings", null, FormattableString.Invariant($"{embedder.Model}, {vector.Length} dimensions"));
        });

    /// <param name="mend">Stands after what went wrong.</param>
    private static async Task<CheckResult> TryAsync(string what, string mend, Func<Task<CheckResult>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is ChromaException or EmbeddingFailedException)
        {
            return new(what, $"{e.Message} {mend}");
        }
    }
}

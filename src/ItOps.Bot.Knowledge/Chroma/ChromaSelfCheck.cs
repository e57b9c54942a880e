using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>Whether Chroma answers, has the runbooks, and questions get vectors. Without it the bot goes on, less well.</summary>
internal sealed class ChromaSelfCheck(ChromaOptions options, ChromaClient client, ChromaIndex index, ChromaState state, IEmbedder embedder, RunbookCatalog catalog) : ISelfCheck
{
    public string Name => "chroma";

    public string? Problem => null;

    public string? Degraded => state.Problem is { } problem ? $"the embedded ranking answers alone; {problem}" : index.IsFilled ? null : "the embedded ranking answers alone until the collection is filled";

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        try
        {
            results.Add(new("server", null, $"{options.Url} answers, version {await client.VersionAsync(cancellationToken)}"));
            var wanted = catalog.All.Where(r => r.IsFound).Select(IndexedRunbook.Of).ToList();
            results.Add(await index.LookAsync(cancellationToken) is { } there
                ? new("collection", null, FormattableString.Invariant($"{index.Name}: {there.Records} vectors, {wanted.Sum(r => r.Texts.Count)} wanted; a difference is made good in the background"))
                : new("collection", null, $"{index.Name} is not there yet; the server makes it when it starts, and so does 'runbooks reindex'"));
        }
        catch (ChromaException e)
        {
            results.Add(new("server", $"{e.Message} Start it, or correct Knowledge:Chroma:Url, Tenant, Database and Token; until then the embedded ranking answers alone"));
        }

        try
        {
            var vector = (await embedder.EmbedAsync(["i am locked out"], EmbeddingUse.Question, cancellationToken))[0];
            results.Add(new("embeddings", null, FormattableString.Invariant($"{embedder.Model}, {vector.Length} dimensions")));
        }
        catch (EmbeddingFailedException e)
        {
            results.Add(new("embeddings", $"{e.Message} Correct Knowledge:Llm:Endpoint, ApiKey and EmbeddingModel, or leave EmbeddingModel out to use the built-in embedder"));
        }

        return results;
    }
}

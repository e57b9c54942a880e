using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Runbooks;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>How many runbooks got new vectors, kept theirs, or were taken out.</summary>
public sealed record ReindexReport(int Embedded, int Kept, int Removed);

/// <summary>
/// The runbooks' vectors in one collection for each embedder and version of it. The collection is a cache: what should be in it follows from the runbooks, what is in it
/// stands in the metadata of each runbook's first record, and the difference is what is done. One reconciles at a time.
/// </summary>
internal sealed class ChromaIndex(ChromaClient client, IEmbedder embedder, ChromaOptions options, ILogger<ChromaIndex> log) : IDisposable
{
    // Enough that the best runbooks are among them although each has many texts.
    private const int MostHits = 50;
    private const int TextsAtOnce = 256;
    private const int IdsAtOnce = 200;
    private const string Owner = "itops-bot";

    private readonly SemaphoreSlim _one = new(1);
    private volatile Filled? _filled;

    private sealed record Filled(string Collection, IReadOnlyDictionary<string, string> Hashes);

    /// <summary>Model and version are part of it, so that vectors which have nothing to do with each other never meet.</summary>
    public string Name { get; } = NameOf(options.CollectionPrefix, embedder);

    /// <summary>Whether the runbooks were there as they should be when it was last looked at; before, and after it was lost, nothing is asked.</summary>
    public bool IsFilled => _filled is not null;

    public int Runbooks => _filled?.Hashes.Count ?? 0;

    /// <summary>The nearest runbooks' texts, nearest first; only of what was in force when it was filled.</summary>
    /// <exception cref="ChromaException">There is no answer.</exception>
    /// <exception cref="EmbeddingFailedException">The question has no vector.</exception>
    public async Task<IReadOnlyList<VectorHit>> FindAsync(string text, CancellationToken cancellationToken)
    {
        var filled = _filled ?? throw new ChromaException(ChromaFault.Missing, "The collection is not filled yet.");
        var vector = (await embedder.EmbedAsync([text], EmbeddingUse.Question, cancellationToken))[0];
        var hits = await client.QueryAsync(filled.Collection, vector, MostHits, cancellationToken);
        return [.. from hit in hits
                   let id = hit.Metadata.Runbook
                   where id is not null && filled.Hashes.GetValueOrDefault(id) == hit.Metadata.Hash
                   select new VectorHit(id, 1 - hit.Distance)];
    }

    /// <summary>Makes the collection say what the runbooks say.</summary>
    /// <param name="anew">From nothing, whatever is there.</param>
    public async Task<ReindexReport> ReconcileAsync(IReadOnlyCollection<Runbook> inForce, bool anew, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var wanted = inForce.Where(r => r.IsFound).Select(IndexedRunbook.Of).ToDictionary(r => r.Id, StringComparer.Ordinal);
            var collection = await CollectionAsync(anew, cancellationToken);
            var there = await client.EntriesAsync(collection.Id, Where.Is("ordinal", 0), cancellationToken);
            var hashes = there.Where(e => e.Metadata.Runbook is not null).DistinctBy(e => e.Metadata.Runbook).ToDictionary(e => e.Metadata.Runbook!, e => e.Metadata.Hash, StringComparer.Ordinal);
            var changed = wanted.Values.Where(r => hashes.GetValueOrDefault(r.Id) != r.Hash).ToList();
            var gone = hashes.Keys.Where(id => !wanted.ContainsKey(id)).ToList();

            await EmbedAsync(collection.Id, changed, cancellationToken);
            await RemoveAsync(collection.Id, [.. changed.Where(r => hashes.ContainsKey(r.Id))], gone, cancellationToken);
            if (await client.CountAsync(collection.Id, cancellationToken) != wanted.Values.Sum(r => r.Texts.Count))
                changed.AddRange(await MendAsync(collection.Id, wanted, cancellationToken));

            _filled = new(collection.Id, wanted.ToDictionary(w => w.Key, w => w.Value.Hash, StringComparer.Ordinal));
            var report = new ReindexReport(changed.Select(r => r.Id).Distinct().Count(), wanted.Count - changed.Select(r => r.Id).Distinct().Count(), gone.Count);
            if (report is not { Embedded: 0, Removed: 0 })
                log.LogInformation("Chroma's collection {Name}: {Embedded} runbooks embedded, {Kept} kept, {Removed} removed", Name, report.Embedded, report.Kept, report.Removed);
            return report;
        }
        catch (ChromaException e) when (e.IsOfCollection)
        {
            // Lost under our hands: the next time it is made anew.
            _filled = null;
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>How the collection is, for whoever asks; none when there is none.</summary>
    /// <exception cref="ChromaException">There is no answer, or it is somebody else's.</exception>
    public async Task<(int Records, int? Dimension)?> LookAsync(CancellationToken cancellationToken) =>
        await OwnAsync(cancellationToken) is { } collection ? (await client.CountAsync(collection.Id, cancellationToken), collection.Dimension) : null;

    public void Dispose() => _one.Dispose();

    private static string NameOf(string prefix, IEmbedder embedder)
    {
        var name = new string([.. $"{prefix}-{embedder.Model}-v{embedder.Version}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
        return name.TrimEnd('-', '_', '.');
    }

    private async Task<ChromaCollection> CollectionAsync(bool anew, CancellationToken cancellationToken)
    {
        var mark = new ChromaCollectionMetadata(Owner, embedder.Model, embedder.Version);
        var dimensions = embedder.Dimensions ?? (await embedder.EmbedAsync(["dimension"], EmbeddingUse.Documents, cancellationToken))[0].Length;
        var collection = await OwnAsync(cancellationToken);

        // Names of two models can become one, where they differ only in what a collection's name cannot hold.
        if (collection is not null && (anew || collection.Metadata != mark || (collection.Dimension is { } length && length != dimensions)))
        {
            _filled = null;
            await client.DropAsync(Name, cancellationToken);
            collection = null;
        }

        if (collection is null || collection.Id != _filled?.Collection)
            _filled = null;
        return collection ?? await client.GetOrCreateAsync(Name, mark, cancellationToken);
    }

    private async Task<ChromaCollection?> OwnAsync(CancellationToken cancellationToken) => await client.FindAsync(Name, cancellationToken) is not { } collection ? null
        : collection.Metadata?.Owner == Owner ? collection
        : throw new ChromaException(ChromaFault.Refused, $"The collection {Name} is not this bot's, and is left alone; choose another Knowledge:Chroma:CollectionPrefix.");

    /// <summary>All of a runbook's records go in one request, so that its first one is there only when the others are.</summary>
    private async Task EmbedAsync(string collection, List<IndexedRunbook> runbooks, CancellationToken cancellationToken)
    {
        var batch = new List<IndexedRunbook>();
        for (var i = 0; i < runbooks.Count; i++)
        {
            batch.Add(runbooks[i]);
            if (batch.Sum(r => r.Texts.Count) < TextsAtOnce && i + 1 < runbooks.Count)
                continue;
            var vectors = await embedder.EmbedAsync([.. batch.SelectMany(r => r.Texts)], EmbeddingUse.Documents, cancellationToken);
            var at = 0;
            var records = new List<ChromaVector>(vectors.Count);
            foreach (var runbook in batch)
            {
                records.AddRange(runbook.Vectors(vectors.Skip(at).Take(runbook.Texts.Count)));
                at += runbook.Texts.Count;
            }

            await client.UpsertAsync(collection, records, cancellationToken);
            batch.Clear();
        }
    }

    private async Task RemoveAsync(string collection, IReadOnlyList<IndexedRunbook> replaced, IReadOnlyList<string> gone, CancellationToken cancellationToken)
    {
        foreach (var some in replaced.Chunk(IdsAtOnce))
            await client.DeleteAsync(collection, Where.All(Where.IsOneOf("runbook", some.Select(r => r.Id)), Where.IsNoneOf("hash", some.Select(r => r.Hash))), cancellationToken);
        foreach (var some in gone.Chunk(IdsAtOnce))
            await client.DeleteAsync(collection, Where.IsOneOf("runbook", some), cancellationToken);
    }

    /// <summary>More or fewer records than there should be, after a process died or somebody else had a hand in it: each is looked at.</summary>
    /// <returns>What was embedded again.</returns>
    private async Task<List<IndexedRunbook>> MendAsync(string collection, Dictionary<string, IndexedRunbook> wanted, CancellationToken cancellationToken)
    {
        var counts = wanted.Keys.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
        var strays = new List<string>();
        foreach (var entry in await client.EntriesAsync(collection, null, cancellationToken))
        {
            if (entry.Metadata is { Runbook: { } id, Hash: { } hash, Ordinal: var ordinal } && wanted.TryGetValue(id, out var runbook) && runbook.Hash == hash && ordinal < runbook.Texts.Count)
                counts[id]++;
            else
                strays.Add(entry.Id);
        }

        foreach (var some in strays.Chunk(IdsAtOnce))
            await client.DeleteAsync(collection, some, cancellationToken);
        var incomplete = wanted.Values.Where(r => counts[r.Id] != r.Texts.Count).ToList();
        await EmbedAsync(collection, incomplete, cancellationToken);
        return incomplete;
    }
}

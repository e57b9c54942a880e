using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>
/// What the bot needs of Chroma's v2 REST interface. All calls may be repeated: an upsert, a delete and a look do twice what they do once. While the server is away a
/// breaker answers at once, so that nothing waits for it; after a rest it lets one call try.
/// </summary>
internal sealed class ChromaClient : IDisposable
{
    public const int PageSize = 1_000;

    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(10);

    private readonly ChromaConnection _connection;
    private readonly string _database;
    private readonly string _collections;
    private readonly TimeSpan _queryTimeOut;
    private readonly ResiliencePipeline _questions;
    private readonly ResiliencePipeline _work;
    private volatile string _why = "";

    public ChromaClient(ChromaOptions options, TimeProvider time, ILogger<ChromaClient> log)
    {
        _connection = new(options);
        _database = $"tenants/{options.Tenant}/databases/{options.Database}";
        _collections = $"{_database}/collections";
        _queryTimeOut = options.QueryTimeOut;
        var breaker = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<ChromaException>(e => e.IsAway),
            FailureRatio = 0.5,
            MinimumThroughput = 3,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(5),
            OnOpened = opened =>
            {
                _why = opened.Outcome.Exception?.Message ?? "";
                log.LogWarning("Chroma is away, the embedded ranking answers alone: {Reason}", _why);
                return default;
            },
            OnClosed = _ =>
            {
                log.LogInformation("Chroma answers again");
                CameBack?.Invoke();
                return default;
            },
        }).Build();
        _questions = Pipeline(time, breaker, attempts: 1, TimeSpan.FromMilliseconds(20));
        _work = Pipeline(time, breaker, attempts: 3, TimeSpan.FromMilliseconds(250));
    }

    /// <summary>Called when the server answers after it was away; must return at once.</summary>
    public Action? CameBack { get; set; }

    public async Task<string> VersionAsync(CancellationToken cancellationToken) => await DoAsync<string>(HttpMethod.Get, "version", null, s_look, cancellationToken);

    /// <summary>Whether there are the tenant and the database that the collections are to be in.</summary>
    public async Task<bool> HasDatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync<JsonElement>(HttpMethod.Get, _database, null, s_look, cancellationToken);
            return true;
        }
        catch (ChromaException e) when (e.Fault == ChromaFault.Missing)
        {
            return false;
        }
    }

    /// <returns>None when there is none of this name.</returns>
    public async Task<ChromaCollection?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return Sound(await DoAsync<ChromaCollection>(HttpMethod.Get, $"{_collections}/{name}", null, s_look, cancellationToken));
        }
        catch (ChromaException e) when (e.Fault == ChromaFault.Missing)
        {
            return null;
        }
    }

    public async Task<ChromaCollection> GetOrCreateAsync(string name, ChromaCollectionMetadata metadata, CancellationToken cancellationToken) => Sound(await DoAsync<ChromaCollection>(
        HttpMethod.Post, _collections, new { name, metadata, get_or_create = true, configuration = new { hnsw = new { space = "cosine" } } }, s_look, cancellationToken));

    public async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync<JsonElement>(HttpMethod.Delete, $"{_collections}/{name}", null, s_work, cancellationToken);
        }
        catch (ChromaException e) when (e.Fault == ChromaFault.Missing)
        {
            // It is gone, which was wanted; perhaps an earlier try did it.
        }
    }

    public Task UpsertAsync(string collection, IReadOnlyList<ChromaVector> vectors, CancellationToken cancellationToken) => DoAsync<JsonElement>(
        HttpMethod.Post, $"{_collections}/{collection}/upsert",
        new { ids = vectors.Select(v => v.Id), embeddings = vectors.Select(v => v.Vector), metadatas = vectors.Select(v => v.Metadata) }, s_work, cancellationToken);

    public Task DeleteAsync(string collection, object where, CancellationToken cancellationToken) =>
        DoAsync<JsonElement>(HttpMethod.Post, $"{_collections}/{collection}/delete", new { where }, s_work, cancellationToken);

    public Task DeleteAsync(string collection, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        DoAsync<JsonElement>(HttpMethod.Post, $"{_collections}/{collection}/delete", new { ids }, s_work, cancellationToken);

    public Task<int> CountAsync(string collection, CancellationToken cancellationToken) => DoAsync<int>(HttpMethod.Get, $"{_collections}/{collection}/count", null, s_look, cancellationToken);

    /// <summary>Ids and metadata, page by page.</summary>
    public async Task<IReadOnlyCollection<ChromaEntry>> EntriesAsync(string collection, object? where, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<string, ChromaEntry>(StringComparer.Ordinal);
        for (var offset = 0; ; offset += PageSize)
        {
            var known = entries.Count;
            var page = await PageAsync(collection, where, offset, cancellationToken);
            foreach (var entry in page)
                entries.TryAdd(entry.Id, entry);

            // A server that passes the offset over gives the same page for ever.
            if (entries.Count == known && page.Count > 0)
                throw new ChromaException(ChromaFault.Nonsense, "Chroma's list of records does not go on.");
            if (page.Count < PageSize)
                return entries.Values;
        }
    }

    /// <summary>The nearest vectors, nearest first, within the time that a turn may wait.</summary>
    public async Task<IReadOnlyList<ChromaHit>> QueryAsync(string collection, float[] vector, int count, CancellationToken cancellationToken)
    {
        var body = new { query_embeddings = new[] { vector }, n_results = count, include = new[] { "metadatas", "distances" } };
        var began = Stopwatch.GetTimestamp();
        return Hits(await ThroughAsync(_questions, token => _connection.SendAsync<QueryAnswer>(HttpMethod.Post, $"{_collections}/{collection}/query", body, Left(), token), cancellationToken));

        // A second try has what the first one left. Only the call itself is timed, so that the breaker sees that it was too late.
        TimeSpan Left() => _queryTimeOut - Stopwatch.GetElapsedTime(began) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Dispose() => _connection.Dispose();

    private static ResiliencePipeline Pipeline(TimeProvider time, ResiliencePipeline breaker, int attempts, TimeSpan delay) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<ChromaException>(e => e.Fault == ChromaFault.Away),
            MaxRetryAttempts = attempts,
            Delay = delay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .AddPipeline(breaker)
        .Build();

    private Task<T> DoAsync<T>(HttpMethod method, string path, object? body, TimeSpan timeOut, CancellationToken cancellationToken) =>
        ThroughAsync(_work, token => _connection.SendAsync<T>(method, path, body, timeOut, token), cancellationToken);

    private async Task<T> ThroughAsync<T>(ResiliencePipeline pipeline, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            throw new ChromaException(ChromaFault.Away, $"{_why} It is not asked again for some seconds.", e);
        }
    }

    private async Task<IReadOnlyList<ChromaEntry>> PageAsync(string collection, object? where, int offset, CancellationToken cancellationToken)
    {
        var body = where is null
            ? (object)new { include = new[] { "metadatas" }, limit = PageSize, offset }
            : new { where, include = new[] { "metadatas" }, limit = PageSize, offset };
        var answer = await DoAsync<GetAnswer>(HttpMethod.Post, $"{_collections}/{collection}/get", body, s_look, cancellationToken);
        if (answer is not { Ids: { } ids, Metadatas: { } metadatas } || ids.Count != metadatas.Count || ids.Count > PageSize || ids.Contains(null!))
            throw new ChromaException(ChromaFault.Nonsense, "Chroma's list of records is not one.");
        return [.. ids.Zip(metadatas, (id, metadata) => new ChromaEntry(id, metadata ?? new(null, 0, 0, null, 0, null)))];
    }

    private static List<ChromaHit> Hits(QueryAnswer answer)
    {
        if (answer is not { Ids: [{ } ids], Metadatas: [{ } metadatas], Distances: [{ } distances] } || ids.Count != metadatas.Count || ids.Count != distances.Count)
            throw new ChromaException(ChromaFault.Nonsense, "Chroma's answer to a question is not one.");
        var hits = new List<ChromaHit>(ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (metadatas[i] is { } metadata && distances[i] is { } distance && double.IsFinite(distance))
                hits.Add(new(ids[i], metadata, distance));
        }

        return hits;
    }

    /// <summary>The id goes into the path of later requests.</summary>
    private static ChromaCollection Sound(ChromaCollection collection) =>
        Guid.TryParse(collection.Id, out _) ? collection : throw new ChromaException(ChromaFault.Nonsense, "Chroma named a collection without an id.");
}

using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>Retrieval with a Chroma server, with a clock of its own and an embedder that remembers what it was given.</summary>
internal sealed class ChromaStage : IAsyncDisposable
{
    public static readonly IReadOnlyCollection<Runbook> Shipped = RunbookFolder.Read(Repository.Runbooks).ToCatalog().All;

    /// <summary>Enough for a ranking, and more than go in one request.</summary>
    public static readonly IReadOnlyList<Runbook> Few = [.. Shipped.Where(r => r.IsFound).OrderBy(r => r.Id != "account_locked").Take(12)];

    private readonly ServiceProvider _services;

    public ChromaStage(Uri chroma, string prefix, IEnumerable<Runbook> runbooks, TimeSpan? queryTimeOut = null, string tenant = "default_tenant", string database = "default_database")
    {
        Catalog = new(runbooks, []);
        Options = new() { Url = chroma, Tenant = tenant, Database = database, TokenHeader = "Authorization", CollectionPrefix = prefix, QueryTimeOut = queryTimeOut ?? TimeSpan.FromSeconds(60) };
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddSingleton(Catalog).AddSingleton<EmbeddedRetriever>().AddChroma(Options).AddSingleton<IEmbedder>(Embedder).BuildServiceProvider();
    }

    /// <summary>Waits between tries end at once.</summary>
    public FakeTimeProvider Time { get; } = new() { ShortWait = TimeSpan.FromSeconds(5) };

    public RunbookCatalog Catalog { get; }

    public ChromaOptions Options { get; }

    public RememberingEmbedder Embedder { get; } = new();

    public EmbeddedRetriever Embedded => _services.GetRequiredService<EmbeddedRetriever>();

    public ChromaIndex Index => _services.GetRequiredService<ChromaIndex>();

    public ChromaClient Client => _services.GetRequiredService<ChromaClient>();

    public ChromaReconciler Reconciler => _services.GetRequiredService<ChromaReconciler>();

    public ISelfCheck SelfCheck => _services.GetRequiredService<ISelfCheck>();

    public Task<ReindexReport> ReconcileAsync() => Reconciler.ReconcileAsync(anew: false, TestContext.Current.CancellationToken);

    public Task<Retrieval> RetrieveAsync(string text) => _services.GetRequiredService<IRetriever>().RetrieveAsync(text, TestContext.Current.CancellationToken);

    public void Exchange(IEnumerable<Runbook> runbooks) => Catalog.Exchange(new(runbooks.Select(RunbookEdition.Of), [], []));

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public static IReadOnlyList<Runbook> Some(int count) => [.. Shipped.Where(r => r.IsFound).Take(count)];
}

internal sealed class RememberingEmbedder : IEmbedder
{
    private readonly BuiltInEmbedder _real = new();

    public List<string> Documents { get; } = [];

    public string Model => _real.Model;

    public string Version => _real.Version;

    public int? Dimensions => _real.Dimensions;

    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingUse use, CancellationToken cancellationToken)
    {
        if (use == EmbeddingUse.Documents)
            Documents.AddRange(texts);
        return _real.EmbedAsync(texts, use, cancellationToken);
    }
}

using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Chroma;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>The collection follows the runbooks, whatever it was before. The same tests run against the server in memory and the real one.</summary>
public abstract class ChromaIndexTests
{
    private const string Locked = "i cant log in, think im locked out";

    private static int s_prefixes;

    protected abstract Uri Server();

    [Fact]
    public async Task What_is_in_force_is_embedded_once_and_found()
    {
        await using var stage = Stage(ChromaStage.Shipped);

        var first = await stage.ReconcileAsync();
        var again = await stage.ReconcileAsync();

        var found = ChromaStage.Shipped.Count(r => r.IsFound);
        Assert.Equal(new ReindexReport(found, 0, 0), first);
        Assert.Equal(new ReindexReport(0, found, 0), again);
        var retrieval = await stage.RetrieveAsync(Locked);
        Assert.Equal(("chroma", "account_locked"), (retrieval.Mode, retrieval.Ranked[0].RunbookId));
    }

    [Fact]
    public async Task Only_what_changed_is_embedded_again_and_nothing_old_stays()
    {
        var runbooks = ChromaStage.Some(5);
        await using var stage = Stage(runbooks);
        await stage.ReconcileAsync();
        stage.Embedder.Documents.Clear();
        var changed = runbooks[2] with { Utterances = ["the teleporter is stuck"] };

        stage.Exchange([.. runbooks.Take(2), changed, .. runbooks.Skip(3)]);
        var report = await stage.ReconcileAsync();

        Assert.Equal(new ReindexReport(1, 4, 0), report);
        Assert.Equal([changed.Title, "the teleporter is stuck", changed.Summary], stage.Embedder.Documents);
        Assert.Equal(stage.Catalog.All.Sum(r => IndexedRunbook.Of(r).Texts.Count), (await LookAsync(stage)).Records);
    }

    [Fact]
    public async Task What_is_gone_from_the_library_is_gone_from_the_collection()
    {
        var runbooks = ChromaStage.Some(4);
        await using var stage = Stage(runbooks);
        await stage.ReconcileAsync();

        stage.Exchange(runbooks.Skip(1));
        Assert.Equal(new ReindexReport(0, 3, 1), await stage.ReconcileAsync());

        Assert.Equal(stage.Catalog.All.Sum(r => IndexedRunbook.Of(r).Texts.Count), (await LookAsync(stage)).Records);
        Assert.DoesNotContain(await stage.Index.FindAsync(runbooks[0].Utterances[0], TestContext.Current.CancellationToken), h => h.RunbookId == runbooks[0].Id);
    }

    [Fact]
    public async Task What_was_switched_off_is_not_found_although_its_vectors_are_still_there()
    {
        await using var stage = Stage(ChromaStage.Shipped);
        await stage.ReconcileAsync();

        stage.Exchange(ChromaStage.Shipped.Where(r => r.Id != "account_locked"));

        Assert.DoesNotContain((await stage.RetrieveAsync("unlock my account please")).Ranked, r => r.RunbookId == "account_locked");
    }

    [Fact]
    public async Task A_collection_that_vanished_is_made_anew_when_a_question_finds_it_missing()
    {
        await using var stage = Stage(ChromaStage.Some(12));
        var filled = stage.Reconciler.NextTryAsync();
        await stage.Reconciler.StartAsync(TestContext.Current.CancellationToken);
        await filled;
        await stage.Client.DropAsync(stage.Index.Name, TestContext.Current.CancellationToken);
        var question = ChromaStage.Some(12)[3].Utterances[0];

        var mended = stage.Reconciler.NextTryAsync();
        var without = await stage.RetrieveAsync(question);
        await mended;

        Assert.Equal("embedded (chroma away)", without.Mode);
        Assert.Equal("chroma", (await stage.RetrieveAsync(question)).Mode);
        Assert.Equal(ChromaStage.Some(12).Sum(r => IndexedRunbook.Of(r).Texts.Count), (await LookAsync(stage)).Records);
        await stage.Reconciler.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_collection_for_vectors_of_another_length_is_made_anew()
    {
        await using var stage = Stage(ChromaStage.Some(3));
        var wrong = await stage.Client.GetOrCreateAsync(stage.Index.Name, new("itops-bot", "built-in", "0"), TestContext.Current.CancellationToken);
        await stage.Client.UpsertAsync(wrong.Id, [new("x#0", [1, 0, 0], new("x", 0, 1, "h", 1, "c"))], TestContext.Current.CancellationToken);

        Assert.Equal(new ReindexReport(3, 0, 0), await stage.ReconcileAsync());

        Assert.Equal(512, (await LookAsync(stage)).Dimension);
    }

    [Theory]
    [InlineData("built:in", null)]
    [InlineData("built-in", "0")]
    public async Task A_collection_with_vectors_of_another_model_under_the_same_name_is_made_anew(string model, string? version)
    {
        var runbooks = ChromaStage.Some(3);
        await using var stage = Stage(runbooks);
        var theirs = await stage.Client.GetOrCreateAsync(stage.Index.Name, new("itops-bot", model, version ?? stage.Embedder.Version), TestContext.Current.CancellationToken);
        foreach (var indexed in runbooks.Select(IndexedRunbook.Of))
            await stage.Client.UpsertAsync(theirs.Id, [.. indexed.Vectors(indexed.Texts.Select(_ => new float[512].Select((_, i) => i == 0 ? 1f : 0).ToArray()))], TestContext.Current.CancellationToken);

        Assert.Equal(new ReindexReport(3, 0, 0), await stage.ReconcileAsync());

        Assert.Equal(new ReindexReport(0, 3, 0), await stage.ReconcileAsync());
    }

    [Fact]
    public async Task A_collection_that_somebody_else_made_is_left_alone()
    {
        await using var stage = Stage(ChromaStage.Some(3));
        var theirs = await stage.Client.GetOrCreateAsync(stage.Index.Name, new("somebody", "theirs", "1"), TestContext.Current.CancellationToken);
        await stage.Client.UpsertAsync(theirs.Id, [new("x#0", [1, 0, 0], new("x", 0, 1, "h", 1, "c"))], TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<ChromaException>(stage.ReconcileAsync);

        Assert.Contains("Knowledge:Chroma:CollectionPrefix", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await stage.Client.CountAsync(theirs.Id, TestContext.Current.CancellationToken));
        var found = (await stage.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken)).Single(r => r.What == "collection");
        Assert.Contains("Knowledge:Chroma:CollectionPrefix", found.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_too_many_and_too_few_are_made_good()
    {
        var runbooks = ChromaStage.Some(4);
        await using var stage = Stage(runbooks);
        await stage.ReconcileAsync();
        var id = (await stage.Client.FindAsync(stage.Index.Name, TestContext.Current.CancellationToken))!.Id;
        await stage.Client.DeleteAsync(id, [$"{runbooks[1].Id}#2", $"{runbooks[1].Id}#3"], TestContext.Current.CancellationToken);
        await stage.Client.UpsertAsync(id, [new("stray#5", new float[512].Select((_, i) => i == 0 ? 1f : 0).ToArray(), new("stray", 5, 6, "h", 1, "c"))], TestContext.Current.CancellationToken);

        Assert.Equal(new ReindexReport(1, 3, 0), await stage.ReconcileAsync());

        Assert.Equal(runbooks.Sum(r => IndexedRunbook.Of(r).Texts.Count), (await LookAsync(stage)).Records);
        Assert.Equal(new ReindexReport(0, 4, 0), await stage.ReconcileAsync());
    }

    [Fact]
    public async Task Anew_embeds_everything_again()
    {
        await using var stage = Stage(ChromaStage.Some(3));
        await stage.ReconcileAsync();

        Assert.Equal(new ReindexReport(3, 0, 0), await stage.Reconciler.ReconcileAsync(anew: true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_self_check_says_what_there_is()
    {
        await using var stage = Stage(ChromaStage.Some(3));

        Assert.NotNull(stage.SelfCheck.Degraded);
        await stage.ReconcileAsync();

        Assert.Null(stage.SelfCheck.Problem);
        Assert.Null(stage.SelfCheck.Degraded);
        var results = await stage.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["server", "database", "collection", "embeddings"], results.Select(r => r.What));
        Assert.All(results, r => Assert.Null(r.Problem));
    }

    [Theory]
    [InlineData("nobodys_tenant", "default_database")]
    [InlineData("default_tenant", "nobodys_database")]
    public async Task The_self_check_names_a_tenant_or_database_that_is_not_there(string tenant, string database)
    {
        await using var stage = new ChromaStage(Server(), "nowhere", ChromaStage.Some(1), tenant: tenant, database: database);

        var results = await stage.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["server", "database", "embeddings"], results.Select(r => r.What));
        Assert.Matches($"'{database}'.*'{tenant}'.*Knowledge:Chroma:Tenant.*Knowledge:Chroma:Database", results[1].Problem);
    }

    private protected ChromaStage Stage(IEnumerable<Runbook> runbooks) => new(Server(), $"test{Interlocked.Increment(ref s_prefixes)}-{Environment.ProcessId}", runbooks);

    private protected static async Task<(int Records, int? Dimension)> LookAsync(ChromaStage stage) => (await stage.Index.LookAsync(TestContext.Current.CancellationToken))!.Value;
}

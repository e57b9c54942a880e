using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embeddings;
using ItOps.Bot.Testing.Chroma;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>Whatever Chroma does, a question gets the embedded answer in time, and everything is as before when it is over.</summary>
public sealed class ChromaFaultTests(ChromaFaultTests.Fixture fixture) : IClassFixture<ChromaFaultTests.Fixture>
{
    private const string Locked = "i cant log in, think im locked out";

    private static int s_prefixes;

    public sealed class Fixture : IAsyncLifetime
    {
        public FakeChroma Fake { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Fake = await FakeChroma.StartAsync();

        public ValueTask DisposeAsync() => Fake.DisposeAsync();
    }

    [Theory]
    [InlineData(RelayFault.Down)]
    [InlineData(RelayFault.ServerError)]
    [InlineData(RelayFault.NeverAnswers)]
    [InlineData(RelayFault.StopsInTheMiddle)]
    [InlineData(RelayFault.Garbage)]
    [InlineData(RelayFault.TenMegabytes)]
    [InlineData(RelayFault.CutBody)]
    [InlineData(RelayFault.Redirect)]
    [InlineData(RelayFault.OtherShape)]
    public async Task A_question_is_answered_without_chroma_and_with_it_again_when_it_is_back(RelayFault fault)
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        await using var stage = Stage(relay, TimeSpan.FromMilliseconds(fault is RelayFault.NeverAnswers or RelayFault.StopsInTheMiddle ? 3_000 : 60_000));
        await stage.ReconcileAsync();
        var before = await stage.RetrieveAsync(Locked);

        relay.Fault = fault;
        var without = await stage.RetrieveAsync(Locked);
        relay.Fault = RelayFault.None;
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await stage.RetrieveAsync(Locked);

        Assert.Equal(("chroma", "embedded (chroma away)", "chroma"), (before.Mode, without.Mode, after.Mode));
        var embedded = stage.Embedded.Retrieve(Locked);
        Assert.Equal(embedded.Verdict, without.Verdict);
        Assert.Equal(embedded.Ranked, without.Ranked);
        Assert.Equal(before.Ranked, after.Ranked);
    }

    [Theory]
    [InlineData(RelayFault.ServerError)]
    [InlineData(RelayFault.NeverAnswers)]
    public async Task A_server_that_stays_away_is_not_asked_by_every_question(RelayFault fault)
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        await using var stage = Stage(relay, fault == RelayFault.NeverAnswers ? TimeSpan.FromMilliseconds(100) : null);
        await stage.ReconcileAsync();
        relay.Fault = fault;
        for (var i = 0; i < 10; i++)
            await stage.RetrieveAsync(Locked);
        var asked = relay.Asked;

        for (var i = 0; i < 100; i++)
            Assert.Equal("embedded (chroma away)", (await stage.RetrieveAsync(Locked)).Mode);

        Assert.Equal(asked, relay.Asked);
    }

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_filled_when_it_comes()
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        relay.Fault = RelayFault.Down;
        await using var stage = Stage(relay);
        var tried = stage.Reconciler.NextTryAsync();
        await stage.Reconciler.StartAsync(TestContext.Current.CancellationToken);
        await tried;

        var without = await stage.RetrieveAsync(Locked);
        relay.Fault = RelayFault.None;
        await PassAsync(stage);

        Assert.Equal("embedded (chroma away)", without.Mode);
        Assert.Equal("chroma", (await stage.RetrieveAsync(Locked)).Mode);
        Assert.Null(stage.SelfCheck.Degraded);
        await stage.Reconciler.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_self_check_names_what_to_mend()
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        relay.Fault = RelayFault.ServerError;
        await using var stage = Stage(relay);

        var results = await stage.SelfCheck.ExamineAsync(TestContext.Current.CancellationToken);

        Assert.Equal("server", results[0].What);
        Assert.Matches(@"Chroma answered 500 \(boom\)\..*Knowledge:Chroma:Url", results[0].Problem);
        Assert.Equal(("embeddings", null), (results[1].What, results[1].Problem));
    }

    [Fact]
    public async Task Other_runbooks_in_force_are_brought_to_the_collection_in_the_background()
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        await using var stage = Stage(relay);
        var tried = stage.Reconciler.NextTryAsync();
        await stage.Reconciler.StartAsync(TestContext.Current.CancellationToken);
        await tried;
        stage.Embedder.Documents.Clear();
        var added = ChromaStage.Some(1)[0] with { Id = "teleporter_stuck", Title = "Free the teleporter", Utterances = ["the teleporter is stuck"] };

        tried = stage.Reconciler.NextTryAsync();
        stage.Exchange([.. ChromaStage.Few, added]);
        await tried;

        Assert.Equal([added.Title, "the teleporter is stuck", added.Summary], stage.Embedder.Documents);
        await stage.Reconciler.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reconcile_that_broke_off_goes_on_where_it_was()
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        await using var stage = Stage(relay);
        relay.FailAfter = 5;
        relay.Fault = RelayFault.Down;
        await Assert.ThrowsAsync<ChromaException>(stage.ReconcileAsync);
        var already = stage.Embedder.Documents.Count;

        relay.Fault = RelayFault.None;
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        var report = await stage.ReconcileAsync();

        Assert.NotEqual(0, already);
        Assert.True(report.Kept > 0, report.ToString());
        Assert.Equal(ChromaStage.Few.Count, report.Embedded + report.Kept);
    }

    [Fact]
    public async Task What_the_collection_claims_about_runbooks_that_are_not_in_force_counts_for_nothing()
    {
        await using var relay = await ChromaRelay.StartAsync(fixture.Fake.Url);
        await using var stage = Stage(relay);
        await stage.ReconcileAsync();
        var before = await stage.RetrieveAsync(Locked);
        var id = (await stage.Client.FindAsync(stage.Index.Name, TestContext.Current.CancellationToken))!.Id;
        var vector = BuiltInEmbedder.Embed(Locked);

        await stage.Client.UpsertAsync(
            id, [new("evil#0", vector, new("grant_everything", 0, 1, "0", 1, "x")), new("evil#1", vector, new("leaver", 99, 1, "not its hash", 1, "x"))], TestContext.Current.CancellationToken);

        Assert.Equal(before.Ranked.Select(r => r.RunbookId), (await stage.RetrieveAsync(Locked)).Ranked.Select(r => r.RunbookId));
    }

    private static ChromaStage Stage(ChromaRelay relay, TimeSpan? queryTimeOut = null) =>
        new(relay.Url, $"fault{Interlocked.Increment(ref s_prefixes)}", ChromaStage.Few, queryTimeOut);

    /// <summary>Lets the clock go on until the background has tried again and succeeded.</summary>
    private static async Task PassAsync(ChromaStage stage)
    {
        while (!stage.Index.IsFilled)
        {
            var tried = stage.Reconciler.NextTryAsync();
            stage.Time.Advance(TimeSpan.FromMinutes(5));
            await Task.WhenAny(tried, Task.Delay(100, TestContext.Current.CancellationToken));
        }
    }
}

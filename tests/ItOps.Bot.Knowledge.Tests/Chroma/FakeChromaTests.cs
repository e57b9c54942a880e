using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Testing.Chroma;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>Against the server in memory.</summary>
public sealed class FakeChromaTests(FakeChromaTests.Fixture fixture) : ChromaIndexTests, IClassFixture<FakeChromaTests.Fixture>
{
    public sealed class Fixture : IAsyncLifetime
    {
        public FakeChroma Fake { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Fake = await FakeChroma.StartAsync();

        public ValueTask DisposeAsync() => Fake.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Records_that_come_again_and_again_are_no_list()
    {
        await using var stage = Stage([]);
        var collection = await stage.Client.GetOrCreateAsync(stage.Index.Name, new("itops-bot", "m", "1"), TestContext.Current.CancellationToken);
        await stage.Client.UpsertAsync(
            collection.Id, [.. Enumerable.Range(0, ChromaClient.PageSize).Select(i => new ChromaVector($"r#{i}", [1, i], new("r", i, ChromaClient.PageSize, "h", 1, "c")))], TestContext.Current.CancellationToken);
        Assert.Equal(ChromaClient.PageSize, (await stage.Client.EntriesAsync(collection.Id, null, TestContext.Current.CancellationToken)).Count);

        fixture.Fake.IgnoresOffset = true;
        var failed = await Assert.ThrowsAsync<ChromaException>(() => stage.Client.EntriesAsync(collection.Id, null, TestContext.Current.CancellationToken));
        fixture.Fake.IgnoresOffset = false;

        Assert.Equal(ChromaFault.Nonsense, failed.Fault);
    }

    protected override Uri Server() => fixture.Fake.Url;
}

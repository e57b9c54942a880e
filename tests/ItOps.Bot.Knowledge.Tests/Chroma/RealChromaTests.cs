using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Testing.Chroma;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>Against a real Chroma server.</summary>
public sealed class RealChromaTests(RealChromaTests.Fixture fixture) : ChromaIndexTests, IClassFixture<RealChromaTests.Fixture>
{
    public sealed class Fixture : IAsyncLifetime
    {
        /// <summary>None where it is not installed.</summary>
        public ChromaServer? Server { get; private set; }

        public async ValueTask InitializeAsync() => Server = ChromaServer.Program is { } program ? await ChromaServer.StartAsync(program) : null;

        public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_server_that_was_killed_and_started_again_has_kept_everything()
    {
        await using var stage = Stage(ChromaStage.Some(12));
        await stage.ReconcileAsync();
        var question = ChromaStage.Some(12)[3].Utterances[0];

        await fixture.Server!.KillAsync();
        var without = await stage.RetrieveAsync(question);
        await fixture.Server.StartAgainAsync();
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await stage.RetrieveAsync(question);

        Assert.Equal(("embedded (chroma away)", "chroma"), (without.Mode, again.Mode));
        Assert.Equal(without.Ranked[0].RunbookId, again.Ranked[0].RunbookId);
        Assert.Equal(new ReindexReport(0, 12, 0), await stage.ReconcileAsync());
    }

    protected override Uri Server()
    {
        Assert.SkipWhen(fixture.Server is null, ChromaServer.Missing);
        return fixture.Server.Url;
    }
}

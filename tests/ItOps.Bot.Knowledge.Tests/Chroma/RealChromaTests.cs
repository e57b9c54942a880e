using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Runbooks;
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

    [Fact]
    public async Task A_library_of_more_than_a_page_changes_and_goes_in_pieces()
    {
        var shipped = ChromaStage.Some(1)[0];
        List<Runbook> many = [.. Enumerable.Range(0, ChromaClient.PageSize + 50).Select(i => shipped with { Id = $"made_{i}", Title = $"gate {i}", Summary = "", Utterances = [$"gate {i}"] })];
        await using var stage = Stage(many);

        Assert.Equal(new ReindexReport(many.Count, 0, 0), await stage.ReconcileAsync());
        stage.Exchange(many.Select(r => r with { Version = 2 }));
        Assert.Equal(new ReindexReport(many.Count, 0, 0), await stage.ReconcileAsync());
        Assert.Equal(many.Count, (await LookAsync(stage)).Records);
        stage.Exchange(many.Take(1));
        Assert.Equal(new ReindexReport(1, 0, many.Count - 1), await stage.ReconcileAsync());
        Assert.Equal(1, (await LookAsync(stage)).Records);
    }

    protected override Uri Server()
    {
        Assert.SkipWhen(fixture.Server is null, ChromaServer.Missing);
        return fixture.Server.Url;
    }
}

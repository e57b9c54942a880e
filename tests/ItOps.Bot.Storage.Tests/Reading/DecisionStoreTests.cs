using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class DecisionStoreTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDecisionStore Decisions => _bot.GetRequiredService<IDecisionStore>();

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Decisions_come_back_as_they_were_the_newest_first_and_no_further_than_asked()
    {
        var (first, second) = (Decision("d1", 1), Decision("d2", 2) with { IsHasty = true, Kind = DecisionKind.Denied });
        await RecordAsync(first);
        await RecordAsync(second);

        Assert.Equal([second, first], await Decisions.SinceAsync(Samples.Moment, 10, Cancel));
        Assert.Equal([second], await Decisions.SinceAsync(Samples.Moment, 1, Cancel));
        Assert.Equal([second], await Decisions.SinceAsync(Samples.Moment.AddMinutes(2), 10, Cancel));
    }

    [Fact]
    public async Task One_person_decides_no_more_often_than_the_limit_in_its_time()
    {
        Assert.Equal(CommitOutcome.Committed, await RecordAsync(Decision("d1", 1), limit: 2));
        Assert.Equal(CommitOutcome.Committed, await RecordAsync(Decision("d2", 2), limit: 2));
        Assert.Equal(CommitOutcome.Conflict, await RecordAsync(Decision("d3", 3), limit: 2));

        Assert.Equal(CommitOutcome.Committed, await RecordAsync(Decision("d4", 3) with { Approver = new("sam") }, limit: 2));
        Assert.Equal(CommitOutcome.Committed, await RecordAsync(Decision("d5", 90), since: 30, limit: 2));
        Assert.Equal(2, await Decisions.CountSinceAsync(new("omar"), Samples.Moment.AddMinutes(2), Cancel));
    }

    [Fact]
    public async Task That_somebody_was_limited_is_kept_once_and_is_no_decision()
    {
        var limited = Decision("limited:omar:1", 1) with { Kind = DecisionKind.Limited };

        Assert.Equal(CommitOutcome.Committed, await RecordAsync(limited));
        Assert.Equal(CommitOutcome.Conflict, await RecordAsync(limited));
        Assert.Equal(0, await Decisions.CountSinceAsync(new("omar"), Samples.Moment, Cancel));
        Assert.Empty(await Decisions.SinceAsync(Samples.Moment, 10, Cancel));
    }

    private static DecisionRecord Decision(string id, int minute) =>
        new(id, "a1", "r1", new("omar"), "Omar", Samples.Alice, DecisionKind.Approved, Samples.Moment.AddMinutes(minute)) { After = TimeSpan.FromSeconds(42) };

    private Task<CommitOutcome> RecordAsync(DecisionRecord decision, int since = 0, int limit = 30) =>
        _bot.GetRequiredService<ICommitStore>().CommitAsync(Samples.Audited(new DecisionRecorded(decision, Samples.Moment.AddMinutes(since), limit)), Cancel);
}

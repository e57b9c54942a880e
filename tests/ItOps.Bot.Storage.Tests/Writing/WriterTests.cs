using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Storage.Tests.Setup;
using ItOps.Bot.Storage.Writing;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Writing;

/// <summary>The writer's lanes and its connection, on a real file.</summary>
public sealed class WriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<bool, Change[]> Lanes => new()
    {
        { true, [new TurnAccepted(Samples.Turn())] },
        { true, [new TurnAccepted(Samples.Turn()), new RouteSaved(Samples.Chat, "route")] },
        { true, [new RouteSaved(Samples.Chat, null)] },
        { false, [new TurnHandled("t1")] },
        { false, [new MessageSent("m1", null)] },
        { false, [new TurnAccepted(Samples.Turn()), new MessageQueued(Samples.Message())] },
        { false, [new TurnAccepted(Samples.Turn()), new Audited(Samples.Entry())] },
    };

    [Theory]
    [MemberData(nameof(Lanes))]
    public async Task Only_what_a_platform_waits_for_is_an_acknowledgement(bool isAcknowledgement, Change[] changes)
    {
        await using var store = new StoreFixture();
        var commit = new Commit();
        foreach (var change in changes)
            commit.Add(change);

        Assert.Equal(isAcknowledgement, store.Start().GetRequiredService<ChangeTranslation>().Translate(commit).IsAcknowledgement);
    }

    [Fact]
    public async Task Under_constant_acknowledgements_every_work_commit_ends()
    {
        await using var store = new StoreFixture();
        var commits = store.Start().GetRequiredService<ICommitStore>();
        var work = Task.WhenAll(Enumerable.Range(0, 500).Select(i => QueueAsync(commits, $"m{i}")));

        // More than one transaction takes.
        var accepted = await Task.WhenAll(Enumerable.Range(0, 2 * WaitingCommits.MostInOneTransaction).Select(async platform =>
        {
            var outcomes = new List<CommitOutcome>();
            while (!work.IsCompleted || outcomes.Count == 0)
                outcomes.Add(await commits.CommitAsync(new Commit().Add(new TurnAccepted(Samples.Turn($"{platform}/{outcomes.Count}"))), Cancel));
            return outcomes;
        }));

        Assert.All(await work, o => Assert.Equal(CommitOutcome.Committed, o));
        Assert.All(accepted.SelectMany(o => o), o => Assert.Equal(CommitOutcome.Committed, o));
    }

    [Fact]
    public async Task A_commit_that_fails_half_way_leaves_nothing_and_harms_no_other()
    {
        await using var store = new StoreFixture();
        var bot = store.Start();
        var commits = bot.GetRequiredService<ICommitStore>();
        await QueueAsync(commits, "before");
        List<Task<CommitOutcome>> good = [], bad = [];
        await using (var holder = store.Tamper())
        await using (holder.BeginTransaction(deferred: false))
        {
            // They wait for the holder, and so share a transaction; the first of it has no savepoint.
            for (var i = 0; i < 10; i++)
            {
                bad.Add(commits.CommitAsync(Samples.Audited(new MessageQueued(Samples.Message($"bad{i}")), new RequestSaved(Samples.Request(version: 0))), Cancel));
                good.Add(QueueAsync(commits, $"good{i}"));
            }
        }

        Assert.All(await Task.WhenAll(good), o => Assert.Equal(CommitOutcome.Committed, o));
        foreach (var failed in bad)
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => failed);
        var due = await bot.GetRequiredService<IOutbox>().DueAsync(["slack"], Samples.Moment.AddDays(1), Samples.Moment.AddDays(1), 100, Cancel);
        Assert.Equal(["before", .. Enumerable.Range(0, 10).Select(i => $"good{i}")], due.Select(m => m.Id));
    }

    [Fact]
    public async Task The_writer_keeps_its_connection_until_a_fault()
    {
        await using var store = new StoreFixture();
        WatchedDatabase? database = null;
        var commits = store.Start(s => database = WatchedDatabase.Watch(s)).GetRequiredService<ICommitStore>();
        await QueueAsync(commits, "first");
        var connections = database!.Connections;
        await QueueAsync(commits, "second");
        Assert.Equal(CommitOutcome.Conflict, await QueueAsync(commits, "second"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => commits.CommitAsync(Samples.Audited(new RequestSaved(Samples.Request(version: 0))), Cancel));
        await QueueAsync(commits, "third");
        Assert.Equal(connections, database.Connections);

        database.IsFull = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => QueueAsync(commits, "large", size: 4_000_000));
        database.IsFull = false;
        Assert.Equal(CommitOutcome.Committed, await QueueAsync(commits, "large", size: 4_000_000));
        Assert.Equal(connections + 1, database.Connections);
    }

    [Fact]
    public async Task Once_the_program_has_stopped_nothing_holds_the_database()
    {
        await using var store = new StoreFixture();
        var bot = store.Start();
        await QueueAsync(bot.GetRequiredService<ICommitStore>(), "first");
        Assert.True(File.Exists(store.File + "-wal"));

        await bot.DisposeAsync();

        // SQLite removes its write-ahead log with the last connection.
        Assert.False(File.Exists(store.File + "-wal"));
    }

    private static Task<CommitOutcome> QueueAsync(ICommitStore commits, string id, int size = 10) => commits.CommitAsync(
        new Commit().Add(new MessageQueued(Samples.Message(id) with { Reply = new Reply(new string('x', size)) })), Cancel);
}

using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Writing;

namespace ItOps.Bot.Storage.Tests.Writing;

/// <summary>Which commit is written when, without a database.</summary>
public sealed class WaitingCommitsTests
{
    private readonly WaitingCommits _waiting = new();

    [Fact]
    public void Acknowledgements_go_ahead_of_the_work_that_came_before_them()
    {
        var work = Add(3, isAcknowledgement: false);
        var acknowledgements = Add(2, isAcknowledgement: true);

        Assert.Equal(acknowledgements, Take());
        Assert.Equal(work, Take());
    }

    [Fact]
    public void Work_under_way_ends_its_transaction_once_an_acknowledgement_waits()
    {
        var work = Add(40, isAcknowledgement: false);
        var batch = Next();
        var written = Enumerable.Range(0, 20).Select(_ => batch.Next()!).ToList();
        var acknowledgement = Add(1, isAcknowledgement: true);

        Assert.Null(batch.Next());
        Assert.Equal(work[..20], written);
        Assert.Equal(acknowledgement, Take());
        Assert.Equal(work[20..], Take());
    }

    [Fact]
    public void However_many_acknowledgements_come_work_goes_on()
    {
        var work = Add(1000, isAcknowledgement: false);
        var written = new List<PendingCommit>();

        for (var transactions = 0; written.Count < work.Count; transactions++)
        {
            Assert.True(transactions <= 2 * work.Count / WaitingCommits.LeastWork, "work starves");
            Add(2 * WaitingCommits.MostInOneTransaction, isAcknowledgement: true);
            written.AddRange(Take().Where(c => !c.IsAcknowledgement));
        }

        Assert.Equal(work, written);
    }

    [Fact]
    public void A_transaction_has_room_for_so_many_commits()
    {
        var work = Add(WaitingCommits.MostInOneTransaction + 1, isAcknowledgement: false);

        Assert.Equal(work[..^1], Take());
        Assert.Equal(work[^1..], Take());
    }

    [Fact]
    public async Task What_would_have_shared_a_failed_transaction_fails_with_it()
    {
        var work = Add(WaitingCommits.MostInOneTransaction + 1, isAcknowledgement: false);
        var acknowledgement = Add(1, isAcknowledgement: true);
        Assert.Equal(acknowledgement, Take());
        var batch = Next();
        batch.Next();
        Add(1, isAcknowledgement: true);

        Assert.Equal(WaitingCommits.MostInOneTransaction, batch.Fail(new StoreUnavailableException("the disk is full", new IOException())));

        foreach (var failed in work[..^1])
            await Assert.ThrowsAsync<StoreUnavailableException>(() => failed.Outcome);
        Assert.False(work[^1].Outcome.IsCompleted);
    }

    [Fact]
    public async Task What_was_cancelled_while_it_waited_is_passed_over()
    {
        var work = Add(3, isAcknowledgement: false);
        work[1].Cancel(new CancellationToken(canceled: true));

        Assert.Equal([work[0], work[2]], Take());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work[1].Outcome);
    }

    [Fact]
    public void What_waits_when_it_is_closed_is_still_taken()
    {
        var work = Add(1, isAcknowledgement: false);
        _waiting.Close();

        Assert.False(_waiting.TryAdd(new PendingCommit([], isAcknowledgement: true)));
        Assert.Equal(work, Take());
        Assert.False(_waiting.TryNext(out _));
    }

    private List<PendingCommit> Add(int count, bool isAcknowledgement)
    {
        var added = Enumerable.Range(0, count).Select(_ => new PendingCommit([], isAcknowledgement)).ToList();
        Assert.All(added, c => Assert.True(_waiting.TryAdd(c)));
        return added;
    }

    private CommitBatch Next()
    {
        Assert.True(_waiting.TryNext(out var batch));
        return batch;
    }

    private List<PendingCommit> Take()
    {
        var (batch, taken) = (Next(), new List<PendingCommit>());
        while (batch.Next() is { } commit)
            taken.Add(commit);
        return taken;
    }
}

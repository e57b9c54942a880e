using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Tests.Setup;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Writing;

public sealed class CommitTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("request")]
    [InlineData("approval")]
    [InlineData("conversation")]
    public async Task A_version_is_stored_only_on_top_of_the_one_before_it(string what)
    {
        Assert.Equal(CommitOutcome.Conflict, await Commit(Version(what, 2)));
        Assert.Equal(CommitOutcome.Committed, await Commit(Version(what, 1)));
        Assert.Equal(CommitOutcome.Conflict, await Commit(Version(what, 1)));
        Assert.Equal(CommitOutcome.Conflict, await Commit(Version(what, 3)));
        Assert.Equal(CommitOutcome.Committed, await Commit(Version(what, 2)));
        Assert.Equal(CommitOutcome.Conflict, await Commit(Version(what, 2)));

        Assert.Equal(2, what switch
        {
            "request" => (await Get<IRequestStore>().FindAsync("r1", Cancel))!.Version,
            "approval" => (await Get<IApprovalStore>().FindAsync("a1", Cancel))!.Version,
            _ => (await Get<IConversationStore>().LoadAsync(Samples.Chat, Cancel)).Version,
        });
    }

    [Fact]
    public async Task What_comes_with_a_conflict_is_not_stored_either()
    {
        await Commit(new RequestSaved(Samples.Request()));

        var outcome = await Commit(
            new MessageQueued(Samples.Message("m1")), new SecretStored(Secret("h1")), new TurnAccepted(Samples.Turn()), new RequestSaved(Samples.Request()));

        Assert.Equal(CommitOutcome.Conflict, outcome);
        Assert.Empty(await Due());
        Assert.Null(await Get<ISecretStore>().FindAsync("h1", Cancel));
        Assert.Empty(await Unhandled());
        Assert.Equal(1, (await Get<Auditing.IAuditLog>().HeadAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_turn_is_accepted_once_and_handled_once()
    {
        Assert.Equal(CommitOutcome.Conflict, await Commit(new TurnHandled("t1")));
        Assert.Equal(CommitOutcome.Committed, await Commit(new TurnAccepted(Samples.Turn("t1"))));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new TurnAccepted(Samples.Turn("t1"))));
        Assert.Equal(Samples.Turn("t1"), Assert.Single(await Unhandled()));
        Assert.Equal(CommitOutcome.Committed, await Commit(new TurnHandled("t1")));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new TurnHandled("t1")));
        Assert.Empty(await Unhandled());
        Assert.Equal(CommitOutcome.Conflict, await Commit(new TurnAccepted(Samples.Turn("t1"))));
    }

    [Fact]
    public async Task The_words_of_a_turn_are_dropped_once_it_is_handled()
    {
        await Commit(new TurnAccepted(Samples.Turn("t1") with { Text = "mein Geheimwort" }));
        await Commit(new TurnHandled("t1"));

        await using var connection = _store.Tamper();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM inbox WHERE id = 't1'";
        Assert.Equal("", await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task A_link_has_one_pickup_of_each_ordinal_and_each_changes_version_by_version()
    {
        static Pickup Of(string id, int ordinal) => new(id, "h1", ordinal, Samples.Alice) { BrowserHash = "b", Number = "0042", ExpiresAt = Samples.Moment.AddMinutes(ordinal), AskedIn = [Samples.Chat] };
        var begun = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Commit(new PickupSaved(Of($"p{i}", 1)))));
        Assert.Equal(1, begun.Count(b => b == CommitOutcome.Committed));
        Assert.Equal(CommitOutcome.Committed, await Commit(new PickupSaved(Of("q", 2))));

        var confirmed = Of("q", 2) with { Status = PickupStatus.Confirmed, Version = 2 };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Commit(new PickupSaved(confirmed))));

        Assert.Equal(1, answers.Count(a => a == CommitOutcome.Committed));
        var store = Get<IPickupStore>();
        Assert.Equivalent(confirmed, await store.FindAsync("q", Cancel), strict: true);
        Assert.Equal([1, 2], (await store.OfLinkAsync("h1", Cancel)).Select(p => p.Ordinal));
        Assert.Equal([1], (await store.ExpiredAsync(Samples.Moment.AddMinutes(1), 10, Cancel)).Select(p => p.Ordinal));
        await Commit(new PickupSaved(confirmed with { Status = PickupStatus.Shown, Version = 3 }));
        Assert.Equal([1], (await store.ExpiredAsync(Samples.Moment.AddMinutes(9), 10, Cancel)).Select(p => p.Ordinal));
    }

    [Fact]
    public async Task A_secret_is_taken_once()
    {
        Assert.Equal(CommitOutcome.Conflict, await Commit(new SecretTaken("h1")));
        Assert.Equal(CommitOutcome.Committed, await Commit(new SecretStored(Secret("h1"))));
        var takes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Commit(new SecretTaken("h1"))));

        Assert.Equal(1, takes.Count(t => t == CommitOutcome.Committed));
        Assert.Null(await Get<ISecretStore>().FindAsync("h1", Cancel));
    }

    [Fact]
    public async Task A_journal_line_needs_the_fence_that_the_request_has_now()
    {
        Assert.Equal(CommitOutcome.Conflict, await Commit(new StepJournaled(Step(fence: 1))));
        Assert.Equal(
            CommitOutcome.Committed, await Commit(new RequestSaved(Samples.Request(version: 1, fence: 1)), new StepJournaled(Step(fence: 1))));
        Assert.Equal(
            CommitOutcome.Committed, await Commit(new RequestSaved(Samples.Request(version: 2, fence: 2)), new StepJournaled(Step(fence: 2))));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new StepJournaled(Step(fence: 1, StepStatus.Failed))));
        Assert.Equal(CommitOutcome.Conflict, await Commit(new StepJournaled(Step(fence: 3, StepStatus.Failed))));
        Assert.Equal(CommitOutcome.Committed, await Commit(new StepJournaled(Step(fence: 2, StepStatus.Succeeded))));

        Assert.Equal(StepStatus.Succeeded, Assert.Single(await Get<IRequestStore>().StepsAsync("r1", Cancel)).Status);
    }

    [Fact]
    public async Task A_request_saved_twice_in_one_commit_is_stored_once_as_it_was_last()
    {
        var outcome = await Commit(
            new RequestSaved(Samples.Request(version: 1)), new RequestSaved(Samples.Request(version: 2)), new RequestSaved(Samples.Request(version: 3)));
        Assert.Equal(CommitOutcome.Committed, outcome);
        Assert.Equal(1, (await Get<IRequestStore>().FindAsync("r1", Cancel))!.Version);

        outcome = await Commit(new RequestSaved(Samples.Request(version: 3)), new RequestSaved(Samples.Request(version: 4)));
        Assert.Equal(CommitOutcome.Conflict, outcome);
        outcome = await Commit(new RequestSaved(Samples.Request(version: 2)), new RequestSaved(Samples.Request(version: 3)));
        Assert.Equal(CommitOutcome.Committed, outcome);
        Assert.Equal(2, (await Get<IRequestStore>().FindAsync("r1", Cancel))!.Version);
    }

    [Fact]
    public async Task A_commit_without_its_audit_entry_is_refused_as_a_bug()
    {
        foreach (Change change in new Change[]
        {
            new RequestSaved(Samples.Request()), new ApprovalSaved(Samples.Approval()), new StepJournaled(Step(1)), new SecretStored(Secret("h")), new SecretTaken("h"),
        })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Get<ICommitStore>().CommitAsync(new Commit().Add(change), Cancel));
        }

        Assert.Null(await Get<IRequestStore>().FindAsync("r1", Cancel));
    }

    [Fact]
    public async Task A_commit_that_nothing_can_be_made_of_fails_alone()
    {
        var bad = Commit(new RequestSaved(Samples.Request(version: 0)));
        var good = Enumerable.Range(0, 20).Select(i => Commit(new MessageQueued(Samples.Message($"m{i}")))).ToList();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bad);
        Assert.All(await Task.WhenAll(good), o => Assert.Equal(CommitOutcome.Committed, o));
    }

    [Fact]
    public async Task Conflicts_do_not_harm_the_commits_that_share_their_transaction()
    {
        await Commit(new MessageQueued(Samples.Message("first")));
        List<Task<CommitOutcome>> good = [], bad = [];
        await using (var holder = _store.Tamper())
        await using (var transaction = holder.BeginTransaction(deferred: false))
        {
            // The writer waits for the holder, so that all of these come to wait for the writer.
            for (var i = 0; i < 100; i++)
            {
                good.Add(Commit(new MessageQueued(Samples.Message($"good{i}"))));
                bad.Add(Commit(new MessageQueued(Samples.Message($"bad{i}")), new TurnHandled("no such turn")));
                bad.Add(Commit(new MessageQueued(Samples.Message("first"))));
            }

            await transaction.RollbackAsync(Cancel);
        }

        Assert.All(await Task.WhenAll(good), o => Assert.Equal(CommitOutcome.Committed, o));
        Assert.All(await Task.WhenAll(bad), o => Assert.Equal(CommitOutcome.Conflict, o));
        Assert.Equal(["first", .. Enumerable.Range(0, 100).Select(i => $"good{i}")], (await Due()).Select(m => m.Id));
        var verdict = await Auditing.AuditChain.VerifyAsync(Get<Auditing.IAuditLog>(), Cancel);
        Assert.Equal((true, 101L), (verdict.Ok, verdict.Count));
    }

    [Fact]
    public async Task Commits_that_wait_together_are_made_durable_together()
    {
        WatchedDatabase? database = null;
        var bot = _store.Start(s => database = WatchedDatabase.Watch(s));
        var store = bot.GetRequiredService<ICommitStore>();
        await store.CommitAsync(Samples.Audited(new MessageQueued(Samples.Message("first"))), Cancel);
        var before = database!.Transactions;
        List<Task<CommitOutcome>> waiting;
        await using (var holder = _store.Tamper())
        await using (holder.BeginTransaction(deferred: false))
            waiting = [.. Enumerable.Range(0, 128).Select(i => store.CommitAsync(Samples.Audited(new MessageQueued(Samples.Message($"m{i}"))), Cancel))];

        Assert.All(await Task.WhenAll(waiting), o => Assert.Equal(CommitOutcome.Committed, o));
        // One that began with what had come by then, and full ones of 64 after it.
        Assert.InRange(database!.Transactions - before, 2, 3);
    }

    [Fact]
    public async Task A_commit_that_waits_can_be_cancelled_and_is_then_not_stored()
    {
        await Commit(new MessageQueued(Samples.Message("first")));
        using var impatient = new CancellationTokenSource();
        List<Task<CommitOutcome>> ahead;
        Task<CommitOutcome> waiting;
        await using (var holder = _store.Tamper())
        await using (var transaction = holder.BeginTransaction(deferred: false))
        {
            // More than fit into one transaction, and the first of those cannot begin: the last surely waits.
            ahead = [.. Enumerable.Range(0, 200).Select(i => Commit(new MessageQueued(Samples.Message($"ahead{i}"))))];
            waiting = Get<ICommitStore>().CommitAsync(new Commit().Add(new MessageQueued(Samples.Message("late"))), impatient.Token);
            await impatient.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.All(await Task.WhenAll(ahead), o => Assert.Equal(CommitOutcome.Committed, o));
        Assert.Equal(201, (await Due()).Count);
    }

    [Fact]
    public async Task What_was_given_before_the_stop_is_stored_and_what_comes_after_is_refused()
    {
        var store = Get<ICommitStore>();
        var given = Enumerable.Range(0, 200).Select(i => Commit(new MessageQueued(Samples.Message($"m{i}")))).ToList();
        await _bot.DisposeAsync();

        Assert.All(await Task.WhenAll(given), o => Assert.Equal(CommitOutcome.Committed, o));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.CommitAsync(new Commit().Add(new MessageQueued(Samples.Message("late"))), Cancel));
        _bot = _store.Start();
        Assert.Equal(200, (await Due()).Count);
    }

    private Task<CommitOutcome> Commit(params Change[] changes) => Get<ICommitStore>().CommitAsync(Samples.Audited(changes), Cancel);

    private T Get<T>()
        where T : notnull => _bot.GetRequiredService<T>();

    private Task<IReadOnlyList<OutboxMessage>> Due() =>
        Get<IOutbox>().DueAsync(["slack"], Samples.Moment.AddDays(1), Samples.Moment.AddDays(1), 1000, Cancel);

    private Task<IReadOnlyList<Turn>> Unhandled() => Get<ITurnInbox>().UnhandledAsync(Samples.Moment.AddDays(1), 1000, Cancel);

    private static Change Version(string what, int version) => what switch
    {
        "request" => new RequestSaved(Samples.Request(version: version)),
        "approval" => new ApprovalSaved(Samples.Approval(version: version)),
        _ => new ConversationSaved(new ConversationContext(Samples.Chat) { Version = version }),
    };

    private static StepRecord Step(int fence, StepStatus status = StepStatus.Started) => new("r1", "d1", 0, "account.unlock", status) { Fence = fence };

    private static OneTimeSecret Secret(string hash) => new(hash, Samples.Alice, "Temporary password", "ciphertext", Samples.Moment.AddMinutes(15), "r1");
}

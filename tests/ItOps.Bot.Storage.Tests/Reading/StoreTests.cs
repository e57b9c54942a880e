using ItOps.Bot.Accounts;
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

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class StoreTests : IAsyncLifetime
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

    [Fact]
    public async Task A_request_comes_back_as_it_was_stored()
    {
        await Commit(new RequestSaved(Samples.Request()));

        var found = await Get<IRequestStore>().FindAsync("r1", Cancel);

        Assert.Equivalent(Samples.Request(), found, strict: true);
        Assert.Equal(["Zone", "account"], found!.Plan!.Steps[0].Arguments.Keys);
        Assert.Null(await Get<IRequestStore>().FindAsync("r2", Cancel));
    }

    [Fact]
    public async Task Two_requests_never_share_a_number()
    {
        await Commit(new RequestSaved(Samples.Request("r1")));

        Assert.Equal(
            CommitOutcome.Conflict, await Commit(new RequestSaved(Samples.Request("r2") with { Number = Samples.Request("r1").Number })));
    }

    [Fact]
    public async Task Requests_are_listed_newest_first_and_counted_since_a_moment()
    {
        for (var i = 0; i < 5; i++)
        {
            var request = Samples.Request($"r{i}") with { OpenedAt = Samples.Moment.AddMinutes(i), Requester = new(i == 3 ? "person-bob" : "person-alice") };
            await Commit(new RequestSaved(request));
        }

        var store = Get<IRequestStore>();
        Assert.Equal(["r4", "r3", "r2"], (await store.RecentAsync(3, Cancel)).Select(r => r.Id));
        Assert.Equal(["r4", "r2"], (await store.ByRequesterAsync(Samples.Alice, 2, Cancel)).Select(r => r.Id));
        // The same moment, told in another zone.
        Assert.Equal(2, await store.CountSinceAsync(Samples.Alice, Samples.Moment.AddMinutes(2).ToOffset(TimeSpan.FromHours(9)), Cancel));
    }

    [Fact]
    public async Task Abandoned_is_what_should_run_and_has_no_living_runner()
    {
        var now = Samples.Moment.AddHours(1);
        foreach (var status in Enum.GetValues<RequestStatus>())
        {
            await Commit(new RequestSaved(Samples.Request($"{status}-none", status: status)));
            await Commit(new RequestSaved(Samples.Request($"{status}-ended", status: status) with { LeaseUntil = now.AddTicks(-1) }));
            await Commit(new RequestSaved(Samples.Request($"{status}-held", status: status) with { LeaseUntil = now }));
        }

        var abandoned = (await Get<IRequestStore>().AbandonedAsync(now, 100, Cancel)).Select(r => r.Id).Order();

        Assert.Equal(
            ["Approved-ended", "Approved-none", "Running-ended", "Running-none", "Verifying-ended", "Verifying-none"], abandoned);
    }

    [Fact]
    public async Task The_journal_gives_the_newest_line_of_each_step_under_each_digest()
    {
        await Commit(new RequestSaved(Samples.Request()));
        foreach (var (digest, index, status) in new[]
        {
            ("d1", 1, StepStatus.Started), ("d1", 0, StepStatus.Started), ("d1", 0, StepStatus.Failed), ("d2", 0, StepStatus.Started), ("d2", 0, StepStatus.Succeeded),
        })
        {
            await Commit(new StepJournaled(new StepRecord("r1", digest, index, "account.unlock", status)
            {
                Fence = 1,
                Findings = [new Finding("dns", FindingLevel.Problem, "no answer")],
                Secret = new Secret<string>("Tr0ub4dor"),
            }));
        }

        var steps = await Get<IRequestStore>().StepsAsync("r1", Cancel);

        Assert.Equal(
            [("d1", 0, StepStatus.Failed), ("d1", 1, StepStatus.Started), ("d2", 0, StepStatus.Succeeded)],
            steps.Select(s => (s.Digest, s.Index, s.Status)));
        Assert.All(steps, s => Assert.Equal(("Tr0ub4dor", FindingLevel.Problem), (s.Secret!.Reveal(), s.Findings[0].Level)));
    }

    [Fact]
    public async Task Approvals_are_pending_decided_and_due()
    {
        var at = Samples.Moment;
        await Commit(new ApprovalSaved(Samples.Approval("plain")));
        await Commit(new ApprovalSaved(Samples.Approval("remind") with { RemindAt = at.AddHours(1), AskedAt = at.AddSeconds(1) }));
        await Commit(new ApprovalSaved(Samples.Approval("reminded") with { RemindAt = at.AddHours(1), Reminded = true, AskedAt = at.AddSeconds(2) }));
        await Commit(new ApprovalSaved(Samples.Approval("escalate") with { EscalateAt = at.AddHours(2), AskedAt = at.AddSeconds(3) }));
        await Commit(new ApprovalSaved(Samples.Approval("decided", status: ApprovalStatus.Granted) with { RemindAt = at }));
        _store.Time.Advance(TimeSpan.FromSeconds(1));
        await Commit(new ApprovalSaved(Samples.Approval("denied", status: ApprovalStatus.Denied, requestId: "r2")));

        var store = Get<IApprovalStore>();
        Assert.Equal(["plain", "remind", "reminded", "escalate"], Ids(await store.PendingAsync(Cancel)));
        Assert.Equal(["denied", "decided"], Ids(await store.DecidedAsync(5, Cancel)));
        Assert.Equal(["denied"], Ids(await store.ForRequestAsync("r2", Cancel)));
        Assert.Empty(await store.DueAsync(at.AddHours(1).AddTicks(-1), 10, Cancel));
        Assert.Equal(["remind"], Ids(await store.DueAsync(at.AddHours(1), 10, Cancel)));
        Assert.Equal(["remind", "escalate"], Ids(await store.DueAsync(at.AddHours(2), 10, Cancel)));
        Assert.Equal(4, (await store.DueAsync(at.AddHours(4), 10, Cancel)).Count);
        Assert.Equivalent(Samples.Approval("plain"), await store.FindAsync("plain", Cancel), strict: true);

        static IEnumerable<string> Ids(IEnumerable<Approval> approvals) => approvals.Select(a => a.Id);
    }

    [Fact]
    public async Task The_outbox_gives_what_is_due_in_order_and_remembers_where_it_was_posted()
    {
        var (now, later) = (Samples.Moment.AddMinutes(1), Samples.Moment.AddMinutes(5));
        await Commit(new MessageQueued(Samples.Message("m1", topic: "request:r1")), new MessageQueued(Samples.Message("a2")), new MessageQueued(Samples.Message("k3")));
        await Commit(new MessageQueued(Samples.Message("b4", new("teams", "x"))));
        await Commit(new MessageQueued(Samples.Message("young", at: now)));
        Assert.Equal(["m1", "a2", "k3", "b4"], await DueAsync(now, now, "slack", "teams"));
        Assert.Equal(["b4"], await DueAsync(now, now, "teams", "terminal"));
        Assert.Empty(await DueAsync(now, now));

        var posted = new MessageReference(Samples.Chat, "171.5");
        await Commit(new MessageSent("m1", posted));
        await Commit(new MessageSent("m1", new MessageReference(Samples.Chat, "late duplicate")));
        await Commit(new MessageDeferred("a2", 1, later, "429"));
        await Commit(new MessageDeferred("k3", 9, null, "403 MessageWritesBlocked"));
        Assert.Equal(["b4"], await DueAsync(now, now, "slack", "teams"));
        Assert.Equal(["a2", "b4"], await DueAsync(later, now, "slack", "teams"));
        Assert.Equal(1, (await Get<IOutbox>().DueAsync(["slack"], later, now, 1, Cancel))[0].Attempts);

        Assert.Equal([posted], await Get<IOutbox>().PostedAsync("request:r1", Cancel));
        Assert.Equal(posted, await Get<IOutbox>().PostedAsync("request:r1", Samples.Chat, Cancel));
        Assert.Null(await Get<IOutbox>().PostedAsync("request:r1", new ConversationId("teams", "x"), Cancel));
        await Commit(new MessageQueued(Samples.Message("m9", topic: "request:r1")));
        await Commit(new MessageSent("m9", posted with { MessageId = "172" }));
        Assert.Equal("172", (await Get<IOutbox>().PostedAsync("request:r1", Samples.Chat, Cancel))!.MessageId);
    }

    [Fact]
    public async Task Every_kind_of_turn_comes_back_from_the_inbox_until_it_is_handled()
    {
        var from = Samples.Turn().From;
        Turn[] turns =
        [
            Samples.Turn("t1"),
            new ChoiceTurn("t2", from, Samples.Chat, Samples.Moment, "c1"),
            new DecisionTurn("t3", from, Samples.Chat, Samples.Moment, "a1", Verdict.RunAgain, "looked myself"),
        ];
        foreach (var turn in turns)
            await Commit(new TurnAccepted(turn));

        Assert.Empty(await Get<ITurnInbox>().UnhandledAsync(_store.Time.Now, 10, Cancel));
        _store.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(turns, await Get<ITurnInbox>().UnhandledAsync(_store.Time.Now, 10, Cancel));
    }

    [Fact]
    public async Task Secrets_expire()
    {
        foreach (var (hash, minutes) in new[] { ("h1", 15), ("h2", 5), ("h3", 30) })
        {
            await Commit(new SecretStored(
                new OneTimeSecret(hash, Samples.Alice, "Temporary password", "ciphertext", Samples.Moment.AddMinutes(minutes), "r1")));
        }

        Assert.Equal(["h2", "h1"], (await Get<ISecretStore>().ExpiredAsync(Samples.Moment.AddMinutes(15), 10, Cancel)).Select(s => s.TokenHash));
        Assert.Equal(Samples.Alice, (await Get<ISecretStore>().FindAsync("h3", Cancel))!.Recipient);
    }

    [Fact]
    public async Task A_transcript_keeps_the_order_and_posts_once()
    {
        var transcript = Get<ITranscript>();
        for (var i = 0; i < 5; i++)
            await transcript.PostAsync(new TranscriptMessage($"m{9 - i}", Samples.Chat, Samples.Moment, $"words {i}", null), Cancel);
        await transcript.PostAsync(new TranscriptMessage("m9", Samples.Chat, Samples.Moment, "again", null), Cancel);
        await transcript.PostAsync(new TranscriptMessage("m9", new("terminal", "other"), Samples.Moment, "elsewhere", null), Cancel);
        await transcript.UpdateAsync(Samples.Chat, "m5", new Reply("changed"), Cancel);
        await transcript.UpdateAsync(Samples.Chat, "no such", new Reply("changed"), Cancel);

        var read = await transcript.ReadAsync(Samples.Chat, 3, Cancel);

        Assert.Equal([("m7", "words 2"), ("m6", "words 3"), ("m5", null)], read.Select(m => (m.Id, m.Text)));
        Assert.Equal("changed", read[2].Reply!.Text);
        Assert.Equal("words 0", (await transcript.ReadAsync(Samples.Chat, 10, Cancel))[0].Text);
        Assert.Equal("elsewhere", Assert.Single(await transcript.ReadAsync(new("terminal", "other"), 10, Cancel)).Text);
    }

    [Fact]
    public async Task Sandbox_documents_and_effects_are_stored_together_or_not_at_all()
    {
        var sandbox = Get<ISandboxState>();
        var unlock = new SandboxEffect("1", "unlock", Samples.Moment);
        Assert.True(await sandbox.WriteAsync([new("account", "2", 1, "{}"), new("account", "1", 1, "{}"), new("group", "1", 1, "[]")], [], Cancel));
        Assert.False(await sandbox.WriteAsync([new("account", "1", 2, """{"n":1}"""), new("account", "2", 3, "{}")], [unlock], Cancel));
        Assert.Empty(await sandbox.EffectsAsync(Cancel));
        Assert.Equal(1, (await sandbox.FindAsync("account", "1", Cancel))!.Version);

        var writes = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => sandbox.WriteAsync([new("account", "1", 2, $$"""{"n":{{i}}}""")], [unlock, unlock with { ObjectId = $"{i}" }], Cancel)));

        var winner = Array.IndexOf(writes, true);
        Assert.Equal(1, writes.Count(w => w));
        Assert.Equal(new SandboxDocument("account", "1", 2, $$"""{"n":{{winner}}}"""), await sandbox.FindAsync("account", "1", Cancel));
        Assert.Equal([unlock, unlock with { ObjectId = $"{winner}" }], await sandbox.EffectsAsync(Cancel));
        Assert.Equal(["1", "2"], (await sandbox.AllAsync("account", Cancel)).Select(d => d.Id));
    }

    private async Task<List<string>> DueAsync(DateTimeOffset now, DateTimeOffset queuedBefore, params string[] channels) =>
        [.. (await Get<IOutbox>().DueAsync(channels, now, queuedBefore, 100, Cancel)).Select(m => m.Id)];

    private Task<CommitOutcome> Commit(params Change[] changes) => Get<ICommitStore>().CommitAsync(Samples.Audited(changes), Cancel);

    private T Get<T>()
        where T : notnull => _bot.GetRequiredService<T>();
}

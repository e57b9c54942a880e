using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private IAuditLog _log = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var bot = _store.Start();
        _log = bot.GetRequiredService<IAuditLog>();
        for (var i = 1; i <= 9; i++)
        {
            var commit = new Commit().Audit(Samples.Entry($"action.{i}", $"subject-{i}", i % 2 == 0 ? "even" : null, $"fact é {i}"));
            await bot.GetRequiredService<ICommitStore>().CommitAsync(commit, Cancel);
            _store.Time.Advance(TimeSpan.FromTicks(12_345_678));
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task The_chain_as_stored_verifies()
    {
        Assert.Equal(new AuditVerdict(true, 9, null, null), await AuditChain.VerifyAsync(_log, Cancel));
        Assert.Equal(9, (await _log.HeadAsync(Cancel)).Count);
    }

    [Theory]
    [InlineData("UPDATE audit SET at = at + 1 WHERE sequence = 4", 4)]
    [InlineData("UPDATE audit SET at = -5 WHERE sequence = 4", 4)]
    [InlineData("UPDATE audit SET action = 'approval.denied' WHERE sequence = 1", 1)]
    [InlineData("UPDATE audit SET actor = 'person-eve' WHERE sequence = 9", 9)]
    [InlineData("UPDATE audit SET actor_name = 'Eve' WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit SET subject = 'x' WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit SET request_id = NULL WHERE sequence = 2", 2)]
    [InlineData("UPDATE audit SET request_id = '' WHERE sequence = 1", 1)]
    [InlineData("UPDATE audit SET facts = replace(facts, 'fact é 5', 'fact é 6') WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit SET facts = 'not json' WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit SET facts = '{}' WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit SET hash = previous_hash WHERE sequence = 5", 5)]
    [InlineData("UPDATE audit SET previous_hash = hash WHERE sequence = 5", 5)]
    public async Task A_changed_field_is_found(string sql, long broken) => await BreaksAt(broken, sql);

    [Theory]
    [InlineData("DELETE FROM audit WHERE sequence = 1", 1)]
    [InlineData("DELETE FROM audit WHERE sequence = 5", 5)]
    [InlineData("DELETE FROM audit WHERE sequence IN (3, 4, 8)", 3)]
    [InlineData("DELETE FROM audit WHERE sequence = 5; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 5", 5)]
    public async Task A_deleted_record_is_found(string sql, long broken) => await BreaksAt(broken, sql);

    [Theory]
    [InlineData("DELETE FROM audit WHERE sequence = 9", 9)]
    [InlineData("DELETE FROM audit WHERE sequence > 6", 7)]
    [InlineData("DELETE FROM audit", 1)]
    public async Task A_cut_off_tail_is_found(string sql, long broken) => await BreaksAt(broken, sql);

    [Fact]
    public async Task Swapped_records_are_found() => await BreaksAt(
        3, "UPDATE audit SET sequence = -1 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 7; UPDATE audit SET sequence = 7 WHERE sequence = -1");

    [Theory]
    [InlineData("INSERT INTO audit SELECT 10, at, action, actor, actor_name, subject, request_id, facts, hash, previous_hash FROM audit WHERE sequence = 9", 10)]
    [InlineData("INSERT INTO audit SELECT 0, at, action, actor, actor_name, subject, request_id, facts, previous_hash, hash FROM audit WHERE sequence = 1", 1)]
    [InlineData("UPDATE audit SET sequence = -sequence WHERE sequence > 4; UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0; INSERT INTO audit SELECT 5, at, action, actor, actor_name, subject, request_id, facts, previous_hash, hash FROM audit WHERE sequence = 4", 5)]
    public async Task An_inserted_record_is_found(string sql, long broken) => await BreaksAt(broken, sql);

    [Theory]
    [InlineData("UPDATE audit_head SET hash = 'x'", 9)]
    [InlineData("UPDATE audit_head SET count = 12", 10)]
    [InlineData("UPDATE audit_head SET count = 7", 7)]
    [InlineData("DELETE FROM audit_head", 1)]
    public async Task A_changed_head_is_found(string sql, long broken) => await BreaksAt(broken, sql);

    [Fact]
    public async Task Records_are_found_by_request_by_words_and_newest_first()
    {
        Assert.Equal([2, 4, 6, 8], (await _log.ForRequestAsync("even", Cancel)).Select(r => r.Sequence));
        Assert.Equal([9, 8], (await _log.SearchAsync(null, 2, Cancel)).Select(r => r.Sequence));
        Assert.Equal([7], (await _log.SearchAsync("fact é 7", 10, Cancel)).Select(r => r.Sequence));
        Assert.Equal([3], (await _log.SearchAsync("subject-3", 10, Cancel)).Select(r => r.Sequence));
        Assert.Empty(await _log.SearchAsync("%", 10, Cancel));
        Assert.Equal([8, 9], await _log.ReadAsync(8, Cancel).Select(r => r.Sequence).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Every_entry_of_a_commit_is_recorded_in_its_order()
    {
        var bot = _store.Start();
        var commit = new Commit().Audit(Samples.Entry("one")).Audit(Samples.Entry("two")).Audit(Samples.Entry("three"));

        await bot.GetRequiredService<ICommitStore>().CommitAsync(commit, Cancel);

        Assert.Equal(["one", "two", "three"], await _log.ReadAsync(10, Cancel).Select(r => r.Entry.Action).ToListAsync(Cancel));
    }

    private async Task BreaksAt(long sequence, string sql)
    {
        await _store.TamperAsync(sql);

        var verdict = await AuditChain.VerifyAsync(_log, Cancel);

        Assert.Equal((false, sequence), (verdict.Ok, verdict.FirstBroken));
        Assert.False(string.IsNullOrEmpty(verdict.What));
    }
}

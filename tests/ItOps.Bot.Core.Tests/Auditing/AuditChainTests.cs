using System.Runtime.CompilerServices;
using System.Text.Json;
using ItOps.Bot.Auditing;

namespace ItOps.Bot.Tests.Auditing;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset s_moment = new(2026, 11, 22, 10, 32, 1, 250, TimeSpan.FromHours(2));

    [Fact]
    public void The_canonical_form_is_what_RFC_8785_demands()
    {
        var record = AuditChain.Append(AuditHead.Empty, s_moment, Entry(new() { ["b"] = "ü €\u2028", ["B"] = "\"\\\b\t\n\f\r\u0001/<", ["a"] = "" }));

        Assert.Equal(
            "{\"action\":\"approval.granted\",\"actor\":\"omar\",\"actorName\":\"Omar\",\"at\":\"2026-11-22T08:32:01.2500000Z\",\"facts\":"
            + "{\"B\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u0001/<\",\"a\":\"\",\"b\":\"ü €\u2028\"},\"previousHash\":\"" + new string('0', 64)
            + "\",\"requestId\":null,\"sequence\":1,\"subject\":\"r1\"}",
            AuditChain.Canonical(record));
        using var parsed = JsonDocument.Parse(AuditChain.Canonical(record));
        Assert.Equal("ü €\u2028", parsed.RootElement.GetProperty("facts").GetProperty("b").GetString());
    }

    [Fact]
    public void The_hash_is_SHA_256_of_the_canonical_form()
    {
        var record = AuditChain.Append(AuditHead.Empty, DateTimeOffset.UnixEpoch, new AuditEntry("a", "b", "c", "d", "e", new Dictionary<string, string>()));

        // sha256sum of {"action":"a","actor":"b","actorName":"c","at":"1970-01-01T00:00:00.0000000Z","facts":{},"previousHash":"0…0","requestId":"e","sequence":1,"subject":"d"}
        Assert.Equal("237cd7a3c4c2a6bda4435fb5d02312d24820b6131e3b636a9a3a7ca6fcad09cd", record.Hash);
    }

    [Fact]
    public void The_order_of_facts_does_not_matter_but_each_of_them_does()
    {
        var one = AuditChain.Append(AuditHead.Empty, s_moment, Entry(new() { ["x"] = "1", ["y"] = "2" }));
        var other = AuditChain.Append(AuditHead.Empty, s_moment, Entry(new() { ["y"] = "2", ["x"] = "1" }));
        var swapped = AuditChain.Append(AuditHead.Empty, s_moment, Entry(new() { ["x"] = "2", ["y"] = "1" }));

        Assert.Equal(one.Hash, other.Hash);
        Assert.NotEqual(one.Hash, swapped.Hash);
    }

    [Fact]
    public void Text_cannot_be_moved_from_one_field_into_the_next()
    {
        var one = AuditChain.Append(AuditHead.Empty, s_moment, new AuditEntry("a\",\"actor\":\"b", "c", "d", "e", null, new Dictionary<string, string>()));
        var other = AuditChain.Append(AuditHead.Empty, s_moment, new AuditEntry("a", "b\",\"actorName\":\"c", "d", "e", null, new Dictionary<string, string>()));

        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    public async Task An_untouched_chain_holds(int length)
    {
        var verdict = await AuditChain.VerifyAsync(Log(length), TestContext.Current.CancellationToken);

        Assert.Equal(new AuditVerdict(true, length, null, null), verdict);
    }

    [Fact]
    public async Task Every_field_of_a_record_is_vouched_for()
    {
        Func<AuditRecord, AuditRecord>[] changes =
        [
            r => r with { At = r.At.AddTicks(1) },
            r => r with { Entry = r.Entry with { Action = "x" } },
            r => r with { Entry = r.Entry with { Actor = "x" } },
            r => r with { Entry = r.Entry with { ActorName = "x" } },
            r => r with { Entry = r.Entry with { Subject = "x" } },
            r => r with { Entry = r.Entry with { RequestId = "x" } },
            r => r with { Entry = r.Entry with { Facts = new Dictionary<string, string> { ["x"] = "y" } } },
            r => r with { PreviousHash = new string('1', 64) },
            r => r with { Hash = new string('1', 64) },
        ];

        foreach (var change in changes)
        {
            var log = Log(9);
            log.Records[4] = change(log.Records[4]);
            Assert.Equal(5, (await Verify(log)).FirstBroken);
        }
    }

    [Fact]
    public async Task A_record_that_was_changed_and_hashed_again_breaks_the_next_one()
    {
        var log = Log(9);
        log.Records[4] = AuditChain.Append(new AuditHead(4, log.Records[3].Hash), s_moment, Entry(new() { ["forged"] = "yes" }));

        Assert.Equal(6, (await Verify(log)).FirstBroken);
    }

    [Fact]
    public async Task A_chain_that_was_hashed_again_to_its_end_does_not_meet_its_head()
    {
        var log = Log(3);
        log.Records[2] = AuditChain.Append(new AuditHead(2, log.Records[1].Hash), s_moment, Entry(new() { ["forged"] = "yes" }));

        Assert.Equal(3, (await Verify(log)).FirstBroken);
    }

    [Fact]
    public async Task A_gap_a_swap_a_cut_tail_and_an_addition_are_found_where_they_begin()
    {
        var gap = Log(9);
        gap.Records.RemoveAt(3);
        Assert.Equal(4, (await Verify(gap)).FirstBroken);

        var swap = Log(9);
        (swap.Records[3], swap.Records[6]) = (swap.Records[6] with { Sequence = 4 }, swap.Records[3] with { Sequence = 7 });
        Assert.Equal(4, (await Verify(swap)).FirstBroken);

        var cut = Log(9);
        cut.Records.RemoveRange(7, 2);
        Assert.Equal(8, (await Verify(cut)).FirstBroken);

        var added = Log(9);
        added.Records.Add(AuditChain.Append(new AuditHead(9, added.Records[8].Hash), s_moment, Entry([])));
        Assert.Equal(10, (await Verify(added)).FirstBroken);

        var before = Log(9);
        before.Records.Insert(0, before.Records[0] with { Sequence = 0 });
        Assert.Equal(1, (await Verify(before)).FirstBroken);
    }

    [Fact]
    public async Task Emptied_is_not_the_same_as_new()
    {
        var log = Log(9);
        log.Records.Clear();

        Assert.Equal(1, (await Verify(log)).FirstBroken);
    }

    [Fact]
    public async Task Records_that_are_appended_while_it_is_read_do_no_harm()
    {
        var log = Log(5);
        log.GrowWhileRead = true;

        var verdict = await Verify(log);

        Assert.True(verdict.Ok);
        Assert.Equal(6, verdict.Count);
    }

    private static Task<AuditVerdict> Verify(MemoryLog log) => AuditChain.VerifyAsync(log, TestContext.Current.CancellationToken);

    private static AuditEntry Entry(Dictionary<string, string> facts) => new("approval.granted", "omar", "Omar", "r1", null, facts);

    private static MemoryLog Log(int length)
    {
        var log = new MemoryLog();
        for (var i = 0; i < length; i++)
            log.Append();
        return log;
    }

    private sealed class MemoryLog : IAuditLog
    {
        private AuditHead _head = AuditHead.Empty;

        public List<AuditRecord> Records { get; } = [];

        public bool GrowWhileRead { get; set; }

        public void Append()
        {
            var record = AuditChain.Append(_head, s_moment, Entry(new() { ["n"] = Records.Count.ToString() }));
            Records.Add(record);
            _head = new AuditHead(record.Sequence, record.Hash);
        }

        public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) => Task.FromResult(_head);

        public async IAsyncEnumerable<AuditRecord> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (GrowWhileRead)
                Append();
            foreach (var record in Records.Where(r => r.Sequence >= fromSequence))
                yield return record;
        }

        public Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> ForRequestAsync(string requestId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}

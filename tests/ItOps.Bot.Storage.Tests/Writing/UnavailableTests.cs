using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ItOps.Bot.Storage.Tests.Writing;

public sealed class UnavailableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_stores_nothing_says_so_and_heals_by_itself()
    {
        await using var store = new StoreFixture();
        CrampedDisk? disk = null;
        var bot = store.Start(s =>
        {
            var inner = (IDatabaseProvider)s.Single(d => d.ServiceType == typeof(IDatabaseProvider)).ImplementationInstance!;
            s.Replace(ServiceDescriptor.Singleton<IDatabaseProvider>(disk = new CrampedDisk(inner)));
        });
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(bot, "before", size: 10));

        disk!.IsFull = true;
        var small = Enumerable.Range(0, 10).Select(i => CommitAsync(bot, $"small{i}", size: 10)).ToList();
        var large = CommitAsync(bot, "large", size: 4_000_000);
        var full = await Assert.ThrowsAsync<StoreUnavailableException>(() => large);
        Assert.Contains(store.File, full.Message, StringComparison.Ordinal);
        Assert.Contains("free space", full.Message, StringComparison.Ordinal);
        var storedMeanwhile = (await Task.WhenAll(small.Select(SucceededAsync))).Count(s => s);

        disk.IsFull = false;
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(bot, "after", size: 4_000_000));
        Assert.DoesNotContain("large", await OutboxAsync(bot));
        var verdict = await AuditChain.VerifyAsync(bot.GetRequiredService<IAuditLog>(), Cancel);
        Assert.Equal((true, 2L + storedMeanwhile), (verdict.Ok, verdict.Count));
    }

    [Fact]
    public async Task A_database_that_another_process_holds_is_named_and_used_again_once_it_is_let_go()
    {
        await using var store = new StoreFixture { BusyTimeout = TimeSpan.FromMilliseconds(50) };
        var bot = store.Start();
        await CommitAsync(bot, "before", size: 10);

        await using (var holder = store.Tamper())
        {
            await using var transaction = holder.BeginTransaction(deferred: false);
            var held = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(bot, "meanwhile", size: 10));
            Assert.Contains(store.File, held.Message, StringComparison.Ordinal);
            Assert.Contains("another process holds it", held.Message, StringComparison.Ordinal);
            Assert.Contains("before", await OutboxAsync(bot));
            Assert.Contains(store.File, (await bot.GetRequiredService<IStoreHealth>().CheckAsync(Cancel))!.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(CommitOutcome.Committed, await CommitAsync(bot, "after", size: 10));
        Assert.Equal(["before", "after"], await OutboxAsync(bot));
        Assert.Null(await bot.GetRequiredService<IStoreHealth>().CheckAsync(Cancel));
    }

    [Fact]
    public async Task A_database_that_may_only_be_read_refuses_to_write()
    {
        await using var store = new StoreFixture();
        await CommitAsync(store.Start(), "before", size: 10);
        var reader = store.Start(s => s.AddStorage(new StorageOptions { ConnectionString = $"Data Source={store.File};Mode=ReadOnly" }));

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(reader, "no", size: 10));

        Assert.Contains("may not be written", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["before"], await OutboxAsync(reader));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        await using var store = new StoreFixture();
        Directory.CreateDirectory(Path.GetDirectoryName(store.File)!);
        var text = string.Join('\n', Enumerable.Repeat("my dear diary", 100));
        await File.WriteAllTextAsync(store.File, text, Cancel);
        var bot = store.Start();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(bot, "x", size: 10));

        Assert.Contains("restore it from a backup", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(await bot.GetRequiredService<IStoreHealth>().CheckAsync(Cancel));
        Assert.Equal(text, await File.ReadAllTextAsync(store.File, Cancel));
    }

    [Fact]
    public async Task An_audit_head_that_lies_stops_all_recording_loudly()
    {
        await using var store = new StoreFixture();
        var bot = store.Start();
        await CommitAsync(bot, "one", size: 10);
        await CommitAsync(bot, "two", size: 10);
        await store.TamperAsync("UPDATE audit_head SET count = 1, hash = (SELECT hash FROM audit WHERE sequence = 1)");

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(bot, "three", size: 10));

        Assert.Contains("audit verify", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["one", "two"], await OutboxAsync(bot));
    }

    private static Task<CommitOutcome> CommitAsync(ServiceProvider bot, string id, int size)
    {
        var message = Samples.Message(id) with { Reply = new Reply(new string('x', size)) };
        return bot.GetRequiredService<ICommitStore>().CommitAsync(Samples.Audited(new MessageQueued(message)), Cancel);
    }

    private static async Task<bool> SucceededAsync(Task<CommitOutcome> commit)
    {
        try
        {
            return await commit == CommitOutcome.Committed;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private static async Task<List<string>> OutboxAsync(ServiceProvider bot)
    {
        var due = await bot.GetRequiredService<IOutbox>().DueAsync(["slack"], Samples.Moment.AddDays(1), Samples.Moment.AddDays(1), 100, Cancel);
        return [.. due.Select(m => m.Id)];
    }
}

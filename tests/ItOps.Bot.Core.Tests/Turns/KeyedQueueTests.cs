using System.Collections.Concurrent;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Core.Tests.Turns;

public sealed class KeyedQueueTests
{
    [Fact]
    public async Task Items_of_one_key_are_worked_on_in_their_order_and_one_at_a_time()
    {
        var (done, busy, most) = (new ConcurrentQueue<(int Key, int Item)>(), new int[7], 0);
        await using var queue = new KeyedQueue<(int Key, int Item)>(8, async (x, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref busy[x.Key]));
            await Task.Yield();
            done.Enqueue(x);
            Interlocked.Decrement(ref busy[x.Key]);
        }, NullLogger.Instance);
        queue.Start();

        for (var i = 0; i < 2000; i++)
            queue.Post($"{i % 7}", (i % 7, i));
        await queue.WhenIdleAsync();

        Assert.Equal(1, most);
        Assert.Equal(2000, done.Count);
        Assert.All(done.GroupBy(x => x.Key), key => Assert.Equal(key.Select(x => x.Item).Order(), key.Select(x => x.Item)));
    }

    [Fact]
    public async Task A_key_that_takes_long_does_not_hold_up_another()
    {
        var (held, other) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var queue = new KeyedQueue<string>(2, (x, _) =>
        {
            if (x == "slow")
                return held.Task;
            other.SetResult();
            return Task.CompletedTask;
        }, NullLogger.Instance);
        queue.Start();

        queue.Post("a", "slow");
        queue.Post("b", "fast");
        await other.Task;
        held.SetResult();
        await queue.WhenIdleAsync();
    }

    [Fact]
    public async Task Work_that_throws_kills_no_worker_and_blocks_no_key()
    {
        var done = 0;
        await using var queue = new KeyedQueue<int>(2, (x, _) =>
        {
            if (x % 2 == 0)
                throw x % 4 == 0 ? new InvalidOperationException("no") : new OperationCanceledException();
            Interlocked.Increment(ref done);
            return Task.CompletedTask;
        }, NullLogger.Instance);
        queue.Start();

        for (var i = 0; i < 40; i++)
            queue.Post($"{i % 3}", i);
        await queue.WhenIdleAsync();

        Assert.Equal(20, done);
        Assert.Equal(0, queue.Pending);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}

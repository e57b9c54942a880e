using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Channels.Tests;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_burst_leaves_at_the_speed_that_every_limit_allows()
    {
        var start = _time.GetUtcNow();
        var pace = new Pace(_time, (2, TimeSpan.FromSeconds(1)), (3, TimeSpan.FromSeconds(10)));

        var left = new List<double>();
        var waits = Enumerable.Range(0, 5).Select(async _ =>
        {
            await pace.WaitAsync("here", TestContext.Current.CancellationToken);
            left.Add((_time.GetUtcNow() - start).TotalSeconds);
        }).ToList();
        _time.Advance(TimeSpan.FromSeconds(30));
        await Task.WhenAll(waits);

        Assert.Equal([0, 0, 1, 10, 10], left.Order());
    }

    [Fact]
    public async Task One_place_does_not_wait_for_another_and_nobody_waits_after_a_pause()
    {
        var pace = new Pace(_time, (1, TimeSpan.FromSeconds(1)));
        await pace.WaitAsync("here", TestContext.Current.CancellationToken);
        await pace.WaitAsync("there", TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(pace.WaitAsync("here", TestContext.Current.CancellationToken).IsCompleted);
        Assert.False(pace.WaitAsync("here", TestContext.Current.CancellationToken).IsCompleted);
    }
}

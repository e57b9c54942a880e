using System.Threading.Channels;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Tests.Timers;

public sealed class TimerTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private readonly Bell _bell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task An_alarm_wakes_the_handler_of_its_kind()
    {
        var bot = await StartAsync();

        await Timers(bot).ScheduleAsync("bell", "a1", _store.Time.Now, Cancel);
        Assert.Equal("a1", await _bell.NextAsync());
        await StopAsync(bot);
    }

    [Fact]
    public async Task An_alarm_outlives_the_process_and_goes_off_late_rather_than_never()
    {
        var first = await StartAsync();
        await Timers(first).ScheduleAsync("bell", "tomorrow", _store.Time.Now.AddHours(24), Cancel);
        await Timers(first).ScheduleAsync("bell", "now", _store.Time.Now, Cancel);
        Assert.Equal("now", await _bell.NextAsync());
        await StopAsync(first);

        _store.Time.Advance(TimeSpan.FromHours(25));
        var second = await StartAsync();

        Assert.Equal("tomorrow", await _bell.NextAsync());
        await StopAsync(second);
    }

    [Fact]
    public async Task The_same_alarm_again_moves_it_and_a_cancelled_one_is_gone()
    {
        var bot = await StartAsync();
        await Timers(bot).ScheduleAsync("bell", "moved", _store.Time.Now.AddDays(1), Cancel);
        await Timers(bot).ScheduleAsync("bell", "cancelled", _store.Time.Now.AddDays(1), Cancel);
        await Timers(bot).CancelAsync("bell", "cancelled", Cancel);
        await Timers(bot).CancelAsync("bell", "never was", Cancel);
        await Timers(bot).ScheduleAsync("bell", "moved", _store.Time.Now, Cancel);
        Assert.Equal("moved", await _bell.NextAsync());
        await StopAsync(bot);

        await using var connection = _store.Tamper();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM QRTZ_TRIGGERS";
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task A_handler_that_fails_and_a_kind_that_nobody_handles_are_logged_and_the_next_alarm_goes_off()
    {
        var bot = await StartAsync();
        _bell.FailOn = "bad";

        await Timers(bot).ScheduleAsync("bell", "bad", _store.Time.Now, Cancel);
        await Timers(bot).ScheduleAsync("nobody", "x", _store.Time.Now, Cancel);
        Assert.Equal("bad", await _bell.NextAsync());
        await Timers(bot).ScheduleAsync("bell", "good", _store.Time.Now, Cancel);
        Assert.Equal("good", await _bell.NextAsync());
        await StopAsync(bot);

        Assert.Contains(_store.Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains("bell bad", StringComparison.Ordinal));
        Assert.Contains(_store.Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains("nobody x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alarms_and_commits_share_the_database_without_failing_each_other()
    {
        const int alarms = 60, commits = 1500;
        var bot = await StartAsync();
        var store = bot.GetRequiredService<ICommitStore>();

        var writing = Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var outcomes = new List<CommitOutcome>();
            for (var i = 0; i < commits / 16; i++)
                outcomes.Add(await store.CommitAsync(Samples.Audited(new MessageQueued(Samples.Message($"m{writer}-{i}"))), Cancel));
            return outcomes;
        }));
        for (var i = 0; i < alarms; i++)
            await Timers(bot).ScheduleAsync("bell", $"a{i}", _store.Time.Now, Cancel);
        var rung = new HashSet<string>();
        while (rung.Count < alarms)
            rung.Add(await _bell.NextAsync());

        Assert.All((await writing).SelectMany(o => o), o => Assert.Equal(CommitOutcome.Committed, o));
        await StopAsync(bot);
        Assert.DoesNotContain(_store.Log.Lines, l => l.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Without_a_host_an_alarm_is_only_noted()
    {
        var command = _store.Start();

        await Timers(command).ScheduleAsync("bell", "a1", _store.Time.Now, Cancel);

        Assert.False(File.Exists(_store.File));
    }

    private async Task<ServiceProvider> StartAsync()
    {
        var bot = _store.Start(s => s.AddSingleton<ITimerHandler>(_bell));
        foreach (var hosted in bot.GetServices<IHostedService>())
        {
            if (hosted is IHostedLifecycleService early)
                await early.StartingAsync(Cancel);
            await hosted.StartAsync(Cancel);
        }

        return bot;
    }

    private static async Task StopAsync(ServiceProvider bot)
    {
        foreach (var hosted in bot.GetServices<IHostedService>().Reverse())
        {
            if (hosted is IHostedLifecycleService early)
                await early.StoppingAsync(Cancel);
            await hosted.StopAsync(Cancel);
        }

        await bot.DisposeAsync();
    }

    private static ITimers Timers(ServiceProvider bot) => bot.GetRequiredService<ITimers>();

    private sealed class Bell : ITimerHandler
    {
        private readonly Channel<string> _rung = Channel.CreateUnbounded<string>();

        public string Kind => "bell";

        public string? FailOn { get; set; }

        public Task HandleAsync(string id, CancellationToken cancellationToken)
        {
            _rung.Writer.TryWrite(id);
            return id == FailOn ? throw new InvalidOperationException("out of order") : Task.CompletedTask;
        }

        public async Task<string> NextAsync() => await _rung.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromMinutes(5), Cancel);
    }
}

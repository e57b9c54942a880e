using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Channels.Tests;

public sealed class RefusalsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingStore _store = new();
    private readonly CountingLog _log = new();
    private readonly Refusals _refusals;

    public RefusalsTests() =>
        _refusals = new(new(_store, new ServiceCollection().BuildServiceProvider(), NullLogger<Committer>.Instance), _time, _log);

    [Fact]
    public async Task A_flood_is_one_row_and_one_line_a_minute_with_how_many_there_were()
    {
        // The first is reported at once; three minutes of ten forgeries a second follow.
        for (var i = 0; i < 1_800; i++)
        {
            await NoteAsync("slack", "bad signature");
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([("slack", "bad signature", "1"), ("slack", "bad signature", "600"), ("slack", "bad signature", "600")], _store.Audited);
        Assert.Equal(3, _log.Warnings);
    }

    [Fact]
    public async Task Many_at_once_are_one_row_and_none_is_lost_from_the_count()
    {
        await Parallel.ForAsync(0, 500, TestContext.Current.CancellationToken, async (_, _) => await NoteAsync("teams", "wrong tenant"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await NoteAsync("teams", "wrong tenant");

        Assert.Equal([("teams", "wrong tenant", "1"), ("teams", "wrong tenant", "500")], _store.Audited);
    }

    [Fact]
    public async Task Another_reason_and_another_channel_do_not_wait_for_the_first()
    {
        await NoteAsync("slack", "bad signature");
        await NoteAsync("slack", "replayed");
        await NoteAsync("teams", "bad signature");
        await NoteAsync("slack", "bad signature");

        Assert.Equal([("slack", "bad signature", "1"), ("slack", "replayed", "1"), ("teams", "bad signature", "1")], _store.Audited);
    }

    [Fact]
    public async Task A_store_that_takes_nothing_changes_nothing_for_the_sender()
    {
        _store.IsDown = true;

        await NoteAsync("slack", "bad signature");

        Assert.Equal((1, 1), (_log.Warnings, _log.Errors));
    }

    private Task NoteAsync(string channel, string why) => _refusals.NoteAsync(channel, why, "see docs/connecting-slack.md", TestContext.Current.CancellationToken);

    private sealed class RecordingStore : ICommitStore
    {
        private readonly List<(string Subject, string Why, string Times)> _audited = [];

        public bool IsDown { get; set; }

        public IReadOnlyList<(string Subject, string Why, string Times)> Audited => _audited;

        public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
        {
            if (IsDown)
                throw new StoreUnavailableException("the disk is full", new IOException());
            var entry = Assert.IsType<Audited>(Assert.Single(commit.Changes)).Entry;
            Assert.Equal(("channel.refused", AuditEntry.Bot), (entry.Action, entry.Actor));
            _audited.Add((entry.Subject, entry.Facts["why"], entry.Facts["times"]));
            return Task.FromResult(CommitOutcome.Committed);
        }
    }

    private sealed class CountingLog : ILogger<Refusals>
    {
        public int Warnings { get; private set; }

        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Warnings += logLevel == LogLevel.Warning ? 1 : 0;
            Errors += logLevel == LogLevel.Error ? 1 : 0;
        }
    }
}

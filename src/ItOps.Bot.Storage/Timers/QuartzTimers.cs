using System.Threading.Channels;
using ItOps.Bot.Execution;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace ItOps.Bot.Storage.Timers;

/// <summary>
/// Quartz, kept out of everybody's way: it starts after the host has, and a turn that sets an alarm only leaves a note, since storing the alarm
/// is a transaction of its own that nobody needs to wait for.
/// </summary>
internal sealed class QuartzTimers(
    TimerScheduler scheduler, Database database, ILogger<QuartzTimers> log, IHostApplicationLifetime? lifetime = null) : BackgroundService, ITimers
{
    private const int MostNotes = 10_000;

    private readonly Channel<Note> _notes = Channel.CreateBounded<Note>(
        new BoundedChannelOptions(MostNotes) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite },
        dropped => log.LogWarning("The alarm {Alarm} is not set: too many are waiting", dropped.Alarm));

    public Task ScheduleAsync(string kind, string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        Leave(new Note(new TriggerKey(id, kind), at), cancellationToken);

    public Task CancelAsync(string kind, string id, CancellationToken cancellationToken) =>
        Leave(new Note(new TriggerKey(id, kind), At: null), cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await scheduler.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await HostStartedAsync(stoppingToken);
            await database.EnsureReadyAsync(stoppingToken);
            // Not to be interrupted: a stop in its middle would be reported as a broken schema.
            await scheduler.StartAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Alarms do not work: what is due is found by the sweeper alone, and so later");
            return;
        }

        await foreach (var note in _notes.Reader.ReadAllAsync(stoppingToken))
            await SetAsync(note, stoppingToken);
    }

    private async Task SetAsync(Note note, CancellationToken cancellationToken)
    {
        try
        {
            if (note.At is { } at)
                await scheduler.SetAsync(note.Alarm, at, cancellationToken);
            else
                await scheduler.ForgetAsync(note.Alarm, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogWarning(failure, "The alarm {Alarm} could not be set or forgotten; the sweeper will find what is due", note.Alarm);
        }
    }

    private Task Leave(Note note, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        _notes.Writer.TryWrite(note);
        return Task.CompletedTask;
    }

    private async Task HostStartedAsync(CancellationToken cancellationToken)
    {
        if (lifetime is null)
            return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }

    private sealed record Note(TriggerKey Alarm, DateTimeOffset? At);
}

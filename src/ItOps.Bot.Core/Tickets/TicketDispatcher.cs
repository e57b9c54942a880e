using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Tickets;

/// <summary>
/// Has tickets looked after when they are due: as soon as the commit that wants it is durable, by an alarm, and by the sweeper. It decides when; <see cref="TicketSync"/>
/// decides whether.
/// </summary>
public sealed class TicketDispatcher : ICommitObserver, ITimerHandler, IHostedService, IAsyncDisposable
{
    private readonly IHandOffStore _handOffs;
    private readonly TicketSync _sync;
    private readonly ITimers _timers;
    private readonly TimeProvider _time;
    private readonly KeyedQueue<string> _queue;

    public TicketDispatcher(IHandOffStore handOffs, TicketSync sync, ITimers timers, TimeProvider time, ILogger<TicketDispatcher> log)
    {
        (_handOffs, _sync, _timers, _time) = (handOffs, sync, timers, time);
        _queue = new(workers: 4, sync.TickAsync, log);
    }

    public string Kind => "ticket";

    public Task WhenIdleAsync() => _queue.WhenIdleAsync();

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            if (change is HandOffSaved { HandOff: var saved })
                Set(saved);
            else if (change is TicketNoted { HandOff: var noted })
                Set(noted);
        }
    }

    public Task HandleAsync(string id, CancellationToken cancellationToken)
    {
        _queue.Post(id, id);
        return Task.CompletedTask;
    }

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!_sync.IsConnected)
            return;
        foreach (var handOff in await _handOffs.TicketsDueAsync(_time.GetUtcNow(), take: 100, cancellationToken))
            _queue.Post(handOff.Id, handOff.Id);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queue.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _queue.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private void Set(HandOffCase handOff)
    {
        if (!_sync.IsConnected || handOff.Ticket is not { } ticket)
            return;
        var now = _time.GetUtcNow();

        // The calls only leave a note with the timers and complete at once.
        if (ticket.NextAt is not { } next)
            _ = _timers.CancelAsync(Kind, handOff.Id, CancellationToken.None);
        else if (next > now || ticket.LeaseUntil > now)
            _ = _timers.ScheduleAsync(Kind, handOff.Id, ticket.LeaseUntil > next ? ticket.LeaseUntil.Value : next, CancellationToken.None);
        else
            _queue.Post(handOff.Id, handOff.Id);
    }
}

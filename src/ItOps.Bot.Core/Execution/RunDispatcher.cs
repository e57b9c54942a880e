using System.Collections.Concurrent;
using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Execution;

/// <summary>
/// Starts a run as soon as the approving commit is durable, and again for requests that were left alone. It decides when; <see cref="PlanRunner"/> decides whether.
/// What comes after others is looked at whenever one of its group has changed.
/// </summary>
public sealed class RunDispatcher : ICommitObserver, IHostedService, IAsyncDisposable
{
    private const int AtOnce = 100;

    private readonly IRequestStore _requests;
    private readonly TimeProvider _time;
    private readonly KeyedQueue<Due> _queue;
    private readonly ConcurrentDictionary<Due, byte> _inHand = new();

    /// <summary>How far the sweeps have come through the groups in which something waits, most of which wait for people: all have their turn.</summary>
    private string _lastHeld = "";

    public RunDispatcher(IRequestStore requests, PlanRunner runner, GroupOrder order, TimeProvider time, ILogger<RunDispatcher> log)
    {
        (_requests, _time) = (requests, time);
        _queue = new(workers: 4, async (due, cancellationToken) =>
        {
            // Taken out first: what is approved during this run is a new start.
            _inHand.TryRemove(due, out _);
            try
            {
                await (due.IsGroup ? order.ReviewAsync(due.Id, cancellationToken) : runner.RunAsync(due.Id, cancellationToken));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogError(e, "Work on {Due} was interrupted; it is taken up again by the sweeper, or when its lease ends", due);
            }
        }, log);
    }

    private readonly record struct Due(string Id, bool IsGroup);

    public Task WhenIdleAsync() => _queue.WhenIdleAsync();

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            if (change is not RequestSaved { Request: var request })
                continue;
            if (request is { Status: RequestStatus.Approved, Group: not { IsHeld: true } })
                Post(request.Id);
            if (request is { Group: { } group, Status: not (RequestStatus.Running or RequestStatus.Verifying) })
                Post(new Due(group.Id, IsGroup: true));
        }
    }

    /// <summary>Has the request run, in its turn; nothing happens when it waits for that already.</summary>
    public void Post(string requestId) => Post(new Due(requestId, IsGroup: false));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var request in await _requests.AbandonedAsync(_time.GetUtcNow(), AtOnce, cancellationToken))
            Post(request.Id);
        var held = await _requests.HeldGroupsAsync(_lastHeld, AtOnce, cancellationToken);
        _lastHeld = held.Count < AtOnce ? "" : held[^1];
        foreach (var group in held)
            Post(new Due(group, IsGroup: true));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queue.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _queue.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private void Post(Due due)
    {
        if (_inHand.TryAdd(due, 0))
            _queue.Post(due.Id, due);
    }
}

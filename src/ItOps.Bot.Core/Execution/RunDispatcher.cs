using System.Collections.Concurrent;
using ItOps.Bot.Commits;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Execution;

/// <summary>
/// Starts a run as soon as the approving commit is durable, and again for requests that were left alone. It decides when; <see cref="PlanRunner"/> decides whether.
/// </summary>
public sealed class RunDispatcher : ICommitObserver, IHostedService, IAsyncDisposable
{
    private readonly IRequestStore _requests;
    private readonly TimeProvider _time;
    private readonly KeyedQueue<string> _queue;
    private readonly ConcurrentDictionary<string, byte> _inHand = new();

    public RunDispatcher(IRequestStore requests, PlanRunner runner, TimeProvider time, ILogger<RunDispatcher> log)
    {
        (_requests, _time) = (requests, time);
        _queue = new(workers: 4, async (requestId, cancellationToken) =>
        {
            // Taken out first: what is approved during this run is a new start.
            _inHand.TryRemove(requestId, out _);
            try
            {
                await runner.RunAsync(requestId, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogError(e, "Run of {RequestId} was interrupted; it is taken up again when its lease ends", requestId);
            }
        }, log);
    }

    public Task WhenIdleAsync() => _queue.WhenIdleAsync();

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            if (change is RequestSaved { Request.Status: RequestStatus.Approved } approved)
                Post(approved.Request.Id);
        }
    }

    /// <summary>Has the request run, in its turn; nothing happens when it waits for that already.</summary>
    public void Post(string requestId)
    {
        if (_inHand.TryAdd(requestId, 0))
            _queue.Post(requestId, requestId);
    }

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var request in await _requests.AbandonedAsync(_time.GetUtcNow(), take: 100, cancellationToken))
            Post(request.Id);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queue.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _queue.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _queue.DisposeAsync();
}

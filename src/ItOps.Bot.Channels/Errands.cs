using ItOps.Bot.Replies;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels;

/// <summary>
/// What a channel does after it has answered the platform and that may be lost in a crash: drawing a page, opening a form. One person's errands are done in
/// their order.
/// </summary>
public sealed class Errands : IHostedService, IAsyncDisposable
{
    private const int Workers = 8;

    private readonly KeyedQueue<Func<CancellationToken, Task>> _queue;

    public Errands(ILogger<Errands> log) => _queue = new(Workers, async (errand, cancellationToken) =>
    {
        try
        {
            await errand(cancellationToken);
        }
        catch (DeliveryException e)
        {
            log.LogWarning("Not shown, {Failure}: {Detail}", e.Failure, e.Message);
        }
    }, log);

    /// <summary>Completes when everything that was posted so far is done.</summary>
    public Task WhenIdleAsync() => _queue.WhenIdleAsync();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queue.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _queue.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    internal void Post(string key, Func<CancellationToken, Task> errand) => _queue.Post(key, errand);
}

using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Turns;

/// <summary>
/// Works on items of different keys at the same time, and on items of one key one after the other in the order they came. An item whose work throws is
/// logged and left; the queue goes on with the next.
/// </summary>
public sealed class KeyedQueue<T>(int workers, Func<T, CancellationToken, Task> work, ILogger log) : IAsyncDisposable
{
    private readonly Channel<string> _ready = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, Queue<T>> _waiting = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private Task[] _running = [];
    private int _pending;
    private int _disposed;
    private TaskCompletionSource _idle = Completed();

    public void Start() => _running = [.. Enumerable.Range(0, workers).Select(_ => WorkAsync())];

    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Completes when everything that was posted so far, and what came of it here, is worked on.</summary>
    public Task WhenIdleAsync()
    {
        lock (_waiting)
            return _idle.Task;
    }

    public void Post(string key, T item)
    {
        lock (_waiting)
        {
            if (_pending++ == 0)
                _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_waiting.TryGetValue(key, out var queue))
            {
                queue.Enqueue(item);
                return;
            }

            _waiting[key] = new Queue<T>([item]);
        }

        _ready.Writer.TryWrite(key);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _ready.Writer.TryComplete();
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var key in _ready.Reader.ReadAllAsync(_stopping.Token))
        {
            T item;
            lock (_waiting)
                item = _waiting[key].Peek();
            try
            {
                await work(item, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Work of {Key} ended without being finished", key);
            }

            Finish(key);
        }
    }

    private void Finish(string key)
    {
        TaskCompletionSource? idle = null;
        lock (_waiting)
        {
            var queue = _waiting[key];
            queue.Dequeue();
            if (queue.Count == 0)
                _waiting.Remove(key);
            else
                _ready.Writer.TryWrite(key);
            if (--_pending == 0)
                idle = _idle;
        }

        idle?.TrySetResult();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}

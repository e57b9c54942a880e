namespace ItOps.Bot.Channels;

/// <summary>
/// Keeps what is sent to one place under a platform's limits ("7 in one second and 60 in thirty"): a message waits until none of them would be broken.
/// </summary>
internal sealed class Pace(TimeProvider time, params (int Count, TimeSpan Per)[] limits)
{
    private readonly TimeSpan _longest = limits.Max(l => l.Per);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _sent = new(StringComparer.Ordinal);
    private DateTimeOffset _swept;

    /// <summary>Returns when the next message to <paramref name="place"/> may leave, and counts it as sent then.</summary>
    public async Task WaitAsync(string place, CancellationToken cancellationToken)
    {
        var wait = Reserve(place);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
    }

    private TimeSpan Reserve(string place)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            Sweep(now);
            if (!_sent.TryGetValue(place, out var sent))
                _sent[place] = sent = [];
            sent.RemoveAll(at => at <= now - _longest);
            var at = now;
            foreach (var (count, per) in limits)
            {
                if (sent.Count >= count && sent[^count] + per > at)
                    at = sent[^count] + per;
            }

            sent.Add(at);
            return at - now;
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _swept < _longest)
            return;
        _swept = now;
        foreach (var idle in _sent.Where(s => s.Value.Count == 0 || s.Value[^1] <= now - _longest).Select(s => s.Key).ToList())
            _sent.Remove(idle);
    }
}

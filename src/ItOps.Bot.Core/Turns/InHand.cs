namespace ItOps.Bot.Turns;

/// <summary>
/// What this process is at work on, by id. A sweep reads what is stored as undone and then takes it up; without this it would take up, once more, what was
/// finished between its reading and its taking.
/// </summary>
internal sealed class InHand
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finishedMeanwhile = new(StringComparer.Ordinal);
    private int _sweeps;

    /// <summary><c>false</c> when it is being worked on already.</summary>
    public bool TryTake(string id)
    {
        lock (_gate)
            return _held.Add(id);
    }

    public void LetGo(string id)
    {
        lock (_gate)
        {
            _held.Remove(id);
            if (_sweeps > 0)
                _finishedMeanwhile.Add(id);
        }
    }

    /// <summary>Begin before reading, dispose after taking.</summary>
    public Sweep BeginSweep()
    {
        lock (_gate)
            _sweeps++;
        return new(this);
    }

    public sealed class Sweep(InHand hand) : IDisposable
    {
        /// <summary><c>false</c> also when it was finished since the sweep began.</summary>
        public bool TryTake(string id)
        {
            lock (hand._gate)
                return !hand._finishedMeanwhile.Contains(id) && hand._held.Add(id);
        }

        public void Dispose()
        {
            lock (hand._gate)
            {
                if (--hand._sweeps == 0)
                    hand._finishedMeanwhile.Clear();
            }
        }
    }
}

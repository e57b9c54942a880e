using System.Diagnostics.CodeAnalysis;

namespace ItOps.Bot.Storage.Writing;

/// <summary>
/// Commits that wait for the writer, in two lanes: a platform waits, with its patience, for the acknowledgement of what it sent, so what only accepts a turn goes
/// ahead of the bot's own work. Acknowledgements and work have transactions in turns; one of work takes a few commits, however many acknowledgements
/// come, and then as many more as none of those waits for. Nothing is reordered that depends on each other: the work on a turn begins once its acceptance is
/// durable, and within a lane commits stay in their order.
/// </summary>
internal sealed class WaitingCommits
{
    public const int MostInOneTransaction = 64;

    /// <summary>So many take no longer than it takes a disk to make them durable.</summary>
    public const int LeastWork = 8;

    private readonly object _gate = new();
    private readonly Queue<PendingCommit> _acknowledgements = new();
    private readonly Queue<PendingCommit> _work = new();
    private bool _isWorksTurn;
    private bool _closed;

    /// <summary><c>false</c> when it is closed.</summary>
    public bool TryAdd(PendingCommit commit)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            (commit.IsAcknowledgement ? _acknowledgements : _work).Enqueue(commit);
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>What waits can still be taken; nothing more is added.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits, on the writer's thread, for something to write. <c>false</c> when it is closed and all is taken.</summary>
    public bool TryNext([NotNullWhen(true)] out CommitBatch? next)
    {
        lock (_gate)
        {
            while (_acknowledgements.Count == 0 && _work.Count == 0)
            {
                if (_closed)
                {
                    next = null;
                    return false;
                }

                Monitor.Wait(_gate);
            }

            var isWork = _acknowledgements.Count == 0 || (_isWorksTurn && _work.Count > 0);
            _isWorksTurn = !isWork;
            next = new CommitBatch(this, isWork);
            return true;
        }
    }

    /// <summary>The next commit of a transaction that has so many already; none when it should end.</summary>
    public PendingCommit? Take(bool isWork, int already, bool mayYield)
    {
        lock (_gate)
        {
            if (already >= MostInOneTransaction || (mayYield && isWork && already >= LeastWork && _acknowledgements.Count > 0))
                return null;
            var lane = isWork ? _work : _acknowledgements;
            while (lane.TryDequeue(out var commit))
            {
                if (commit.TryBegin())
                    return commit;
            }

            return null;
        }
    }
}

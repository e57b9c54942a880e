using ItOps.Bot.Commits;

namespace ItOps.Bot.Storage.Writing;

/// <summary>A commit on its way. It can be cancelled only while it waits: once it is being written, its caller must learn how that ended.</summary>
/// <param name="writes">What it does.</param>
/// <param name="isAcknowledgement">Whether a platform's request waits for it.</param>
internal sealed class PendingCommit(IReadOnlyList<IWrite> writes, bool isAcknowledgement)
{
    private readonly TaskCompletionSource<CommitOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    public IReadOnlyList<IWrite> Writes => writes;

    public bool IsAcknowledgement => isAcknowledgement;

    public Task<CommitOutcome> Outcome => _outcome.Task;

    public bool TryBegin() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryBegin())
            _outcome.TrySetCanceled(cancellationToken);
    }

    public void End(CommitOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception failure) => _outcome.TrySetException(failure);
}

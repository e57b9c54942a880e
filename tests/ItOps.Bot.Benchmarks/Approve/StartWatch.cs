using System.Collections.Concurrent;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Benchmarks.Approve;

/// <summary>Notes when what matters to a run became durable, per request.</summary>
internal sealed class StartWatch(ICommitStore real) : ICommitStore
{
    private readonly ConcurrentDictionary<string, Moments> _moments = new();

    public Moments Of(string requestId) => _moments.GetOrAdd(requestId, _ => new Moments());

    public async Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
    {
        var outcome = await real.CommitAsync(commit, cancellationToken);
        var now = TimeProvider.System.GetTimestamp();
        foreach (var change in commit.Changes)
        {
            if (change is StepJournaled { Step: { Status: StepStatus.Started } step })
                Of(step.RequestId).Started.TrySetResult(now);
            else if (change is RequestSaved { Request: { Status: RequestStatus.Approved } approved })
                Of(approved.Id).Approved.TrySetResult(now);
            else if (change is RequestSaved { Request: { Status: RequestStatus.Running } running })
                Of(running.Id).Claimed.TrySetResult(now);
            else if (change is RequestSaved { Request: { Status: RequestStatus.Succeeded } ended })
                Of(ended.Id).Ended.TrySetResult(now);
        }

        return outcome;
    }

    internal sealed class Moments
    {
        public TaskCompletionSource<long> Approved { get; } = New();

        public TaskCompletionSource<long> Claimed { get; } = New();

        public TaskCompletionSource<long> Started { get; } = New();

        public TaskCompletionSource<long> Ended { get; } = New();

        private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

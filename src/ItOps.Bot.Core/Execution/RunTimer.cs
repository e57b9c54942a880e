using ItOps.Bot.Commits;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Execution;

/// <summary>
/// Dispatch that survives a crash between the approval and its run: an alarm stored with the approval starts the run if nothing else has.
/// </summary>
public sealed class RunTimer(ITimers timers, RunDispatcher runs, TimeProvider time) : ICommitObserver, ITimerHandler
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    public string Kind => "run";

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            // The call only leaves a note with the timers and completes at once.
            if (change is RequestSaved { Request: { Status: RequestStatus.Approved, Group: not { IsHeld: true }, Id: var id } })
                _ = timers.ScheduleAsync(Kind, id, time.GetUtcNow() + Delay, CancellationToken.None);
        }
    }

    public Task HandleAsync(string id, CancellationToken cancellationToken)
    {
        runs.Post(id);
        return Task.CompletedTask;
    }
}

using ItOps.Bot.Commits;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Approvals;

/// <summary>Sets alarms for what time does to an approval, so that it happens to the second instead of at the next sweep.</summary>
public sealed class ApprovalTimers(ITimers timers, ApprovalClock clock) : ICommitObserver, ITimerHandler
{
    public string Kind => "approval";

    public void Committed(Commit commit)
    {
        foreach (var change in commit.Changes)
        {
            if (change is ApprovalSaved { Approval: var approval })
                Set(approval);
        }
    }

    public Task HandleAsync(string id, CancellationToken cancellationToken) => clock.TickAsync(id, cancellationToken);

    private void Set(Approval approval)
    {
        // Both calls only leave a note with the timers and complete at once.
        if (approval.Status == ApprovalStatus.Pending)
            _ = timers.ScheduleAsync(Kind, approval.Id, NextFor(approval), CancellationToken.None);
        else
            _ = timers.CancelAsync(Kind, approval.Id, CancellationToken.None);
    }

    private static DateTimeOffset NextFor(Approval approval)
    {
        var next = approval.ExpiresAt;
        if (!approval.Reminded && approval.RemindAt < next)
            next = approval.RemindAt.Value;
        if (!approval.Escalated && approval.EscalateAt < next)
            next = approval.EscalateAt.Value;
        return next;
    }
}

namespace ItOps.Bot.Execution;

/// <summary>
/// Alarms that survive a restart. No promise hangs on them: an alarm that could not be set or is lost is logged, and a sweeper finds what is due.
/// </summary>
public interface ITimers
{
    /// <summary>
    /// Wakes the handler of <paramref name="kind"/> with <paramref name="id"/> at the given time, or at once when it has passed.
    /// The same kind and id again moves the alarm. Never throws but for cancellation.
    /// </summary>
    Task ScheduleAsync(string kind, string id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets the alarm; nothing happens when there is none.</summary>
    Task CancelAsync(string kind, string id, CancellationToken cancellationToken);
}

/// <summary>What to do when an alarm of its kind goes off. It may go off late, twice, or for something that is over.</summary>
public interface ITimerHandler
{
    string Kind { get; }

    Task HandleAsync(string id, CancellationToken cancellationToken);
}

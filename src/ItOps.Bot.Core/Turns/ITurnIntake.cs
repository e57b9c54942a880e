using ItOps.Bot.Commits;

namespace ItOps.Bot.Turns;

/// <summary>The only way in: what it accepted survives a crash and is worked on once.</summary>
public interface ITurnIntake
{
    /// <summary>
    /// Stores the turn durably, then queues it. Returns as soon as it is stored; the work goes on.
    /// <c>false</c> when a turn with this id was accepted before.
    /// </summary>
    Task<bool> AcceptAsync(Turn turn, CancellationToken cancellationToken) => AcceptAsync(turn, [], cancellationToken);

    /// <summary>The same, with what a channel learned from the event (a <see cref="RouteSaved"/>) or says at once (a <see cref="MessageQueued"/>).</summary>
    Task<bool> AcceptAsync(Turn turn, IReadOnlyList<Change> along, CancellationToken cancellationToken);
}

using ItOps.Bot.People;

namespace ItOps.Bot.Assurance;

/// <summary>Somebody asked for an operation on an account of <paramref name="Owner"/>; kept for the limits per target.</summary>
public sealed record TargetUse(string RequestId, PersonId Owner, string Operation, DateTimeOffset At);

/// <summary>Reads what was asked for on whose accounts. Writing is a commit.</summary>
public interface ITargetHistory
{
    /// <summary>The newest uses since then, at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<TargetUse>> SinceAsync(PersonId owner, DateTimeOffset since, int take, CancellationToken cancellationToken);
}

using ItOps.Bot.People;

namespace ItOps.Bot.Approvals;

/// <summary>Reads what people decided. Writing is a commit.</summary>
public interface IDecisionStore
{
    /// <summary>How many decisions and questions of one person there were since then.</summary>
    Task<int> CountSinceAsync(PersonId approver, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Everybody's decisions and questions since then, the newest first, at most <paramref name="take"/>.</summary>
    Task<IReadOnlyList<DecisionRecord>> SinceAsync(DateTimeOffset since, int take, CancellationToken cancellationToken);
}

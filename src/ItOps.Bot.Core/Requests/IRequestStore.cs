using ItOps.Bot.Execution;
using ItOps.Bot.People;

namespace ItOps.Bot.Requests;

/// <summary>Reads requests and their journals. Writing is a commit.</summary>
public interface IRequestStore
{
    Task<ServiceRequest?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The newest first; what is only <see cref="RequestStatus.Prepared"/> is nobody's yet, and in no list and no count.</summary>
    Task<IReadOnlyList<ServiceRequest>> ByRequesterAsync(PersonId requester, int take, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<ServiceRequest>> RecentAsync(int take, CancellationToken cancellationToken);

    /// <summary>The requests of one message, in the order of their places.</summary>
    Task<IReadOnlyList<ServiceRequest>> ForGroupAsync(string groupId, CancellationToken cancellationToken);

    /// <summary>Ids of the groups in which a request waits for another one, in their order, behind <paramref name="after"/>.</summary>
    Task<IReadOnlyList<string>> HeldGroupsAsync(string after, int take, CancellationToken cancellationToken);

    /// <summary>
    /// Requests that should be running and are left alone: approved and waiting for no other, or running with a lease that ended before <paramref name="now"/>.
    /// </summary>
    Task<IReadOnlyList<ServiceRequest>> AbandonedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);

    /// <summary>How many requests the person opened since then.</summary>
    Task<int> CountSinceAsync(PersonId requester, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The newest journal line of each step under a digest, by index.</summary>
    Task<IReadOnlyList<StepRecord>> StepsAsync(string requestId, CancellationToken cancellationToken);
}

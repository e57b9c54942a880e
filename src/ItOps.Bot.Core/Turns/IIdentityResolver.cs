using ItOps.Bot.Requests;

namespace ItOps.Bot.Turns;

/// <summary>Binds a channel identity to exactly one person; ambiguous or unknown is refused (I4).</summary>
public interface IIdentityResolver
{
    /// <summary>The requester of a stored request, to act in their own conversation on news of it.</summary>
    Task<Result<Principal>> RequesterAsync(ServiceRequest request, CancellationToken cancellationToken);

    Task<Result<Principal>> ResolveAsync(ChannelIdentity identity, CancellationToken cancellationToken);
}

namespace ItOps.Bot.Turns;

/// <summary>Binds a channel identity to exactly one person; ambiguous or unknown is refused (I4).</summary>
public interface IIdentityResolver
{
    Task<Result<Principal>> ResolveAsync(ChannelIdentity identity, CancellationToken cancellationToken);
}

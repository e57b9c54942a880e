using ItOps.Bot.Turns;

namespace ItOps.Bot.People;

/// <summary>Asks one chat platform what it knows about somebody who wrote there. Only used when <see cref="IdentityOptions.MatchByEmail"/> is on.</summary>
public interface IChannelProfiles
{
    /// <summary>As in <see cref="ChannelIdentity.Channel"/>.</summary>
    string Channel { get; }

    /// <summary>What the platform says now; none when it knows nobody of this identity. May throw whatever a lost connection throws.</summary>
    Task<ChannelProfile?> FindAsync(ChannelIdentity identity, CancellationToken cancellationToken);
}

/// <summary>
/// An account as its platform describes it. Every property must be answered: a channel that cannot tell says what makes the match fail.
/// <paramref name="Tenant"/> is the tenant or team that the account belongs to, which for a guest or in a shared channel is not the one it wrote in.
/// </summary>
public sealed record ChannelProfile(string Tenant, string? Email)
{
    /// <summary>The platform or the organisation's directory made sure that the address is theirs; not merely something they typed in.</summary>
    public required bool IsEmailConfirmed { get; init; }

    public required bool IsGuest { get; init; }

    public required bool IsBot { get; init; }

    /// <summary>Not deactivated.</summary>
    public required bool IsActive { get; init; }
}

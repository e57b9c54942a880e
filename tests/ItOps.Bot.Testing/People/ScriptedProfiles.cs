using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Testing.People;

/// <summary>What a chat platform says about its accounts, as a test tells it; an account it was told nothing about does not exist.</summary>
public sealed class ScriptedProfiles(string channel) : IChannelProfiles
{
    private readonly Dictionary<ChannelIdentity, ChannelProfile> _profiles = [];

    public string Channel => channel;

    public int LookUps { get; private set; }

    /// <summary>The platform does not answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>An active member of the tenant with a confirmed address.</summary>
    public static ChannelProfile Member(string tenant, string? email) => new(tenant, email) { IsEmailConfirmed = true, IsGuest = false, IsBot = false, IsActive = true };

    public void Tell(ChannelIdentity identity, ChannelProfile profile) => _profiles[identity] = profile;

    public Task<ChannelProfile?> FindAsync(ChannelIdentity identity, CancellationToken cancellationToken)
    {
        LookUps++;
        return IsDown ? throw new HttpRequestException("no route to host") : Task.FromResult(_profiles.GetValueOrDefault(identity));
    }
}

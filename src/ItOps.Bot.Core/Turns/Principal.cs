using ItOps.Bot.Assurance;
using ItOps.Bot.People;

namespace ItOps.Bot.Turns;

/// <summary>
/// Who sent something, as the platform vouches for it: the channel ("console", "slack", "teams", "terminal"), its tenant or team, and its user id.
/// Only ever built from the authenticated envelope of a request.
/// </summary>
public sealed record ChannelIdentity(string Channel, string Tenant, string User)
{
    private const string SignedInChannel = "console";
    private const string SignedInTenant = "sso";

    /// <summary>Whoever the organisation's own sign-in vouched for; made of its token alone.</summary>
    public static ChannelIdentity SignedIn(PersonId person) => new(SignedInChannel, SignedInTenant, person.Value);

    /// <summary>The person of <see cref="SignedIn"/>; none when it is another kind of identity.</summary>
    public PersonId? SignedInPerson => (Channel, Tenant) is (SignedInChannel, SignedInTenant) ? new PersonId(User) : null;

    public override string ToString() => $"{Channel}:{Tenant}/{User}";
}

/// <summary>An authenticated person acting through one channel.</summary>
public sealed record Principal(Person Person, ChannelIdentity Via, AssuranceEvidence Assurance)
{
    public PersonId Id => Person.Id;
}

using System.Text;
using ItOps.Bot.People;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Turns;

/// <summary>
/// Recognises a chat account that nobody bound by its e-mail address, where that is allowed: one member of the organisation's own tenant, one confirmed address, one
/// person, and nobody who is bound to another account there.
/// </summary>
public sealed class EmailMatch(IPersonDirectory people, IEnumerable<IChannelProfiles> profiles, IdentityOptions options, ILogger<EmailMatch> log)
{
    private readonly Dictionary<string, IChannelProfiles> _profiles = profiles.ToDictionary(p => p.Channel, StringComparer.Ordinal);

    /// <summary>The person, or why not; "not now" when the platform could not be asked.</summary>
    public async Task<Result<Person>> FindAsync(ChannelIdentity identity, CancellationToken cancellationToken)
    {
        if (!options.MatchByEmail || !_profiles.TryGetValue(identity.Channel, out var channel))
            return Nobody(identity, "nobody is bound to it");

        ChannelProfile? profile;
        try
        {
            profile = await channel.FindAsync(identity, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(e, "{Identity} could not be looked up to match its e-mail address; check the channel with 'doctor'", identity);
            return new Problem(ProblemCode.SystemUnavailable, $"{identity.Channel} could not say who {identity} is.");
        }

        var match = Obstacle(profile, identity) is { } obstacle ? Nobody(identity, obstacle) : await OwnerAsync(profile!.Email!, identity, cancellationToken);
        if (match.Failed)
            log.LogInformation("Not matched by e-mail address: {Why}", match.Problem.Detail);
        return match;
    }

    private static string? Obstacle(ChannelProfile? profile, ChannelIdentity identity) => profile switch
    {
        null => "the platform knows no such account",
        _ when !string.Equals(profile.Tenant, identity.Tenant, StringComparison.OrdinalIgnoreCase) => "it belongs to another tenant or team",
        { IsBot: true } => "it is a bot",
        { IsGuest: true } => "it is a guest",
        { IsActive: false } => "it is deactivated",
        { Email: null or "" } => "it shows no e-mail address",
        { IsEmailConfirmed: false } => "its e-mail address is not confirmed",
        _ => null,
    };

    private async Task<Result<Person>> OwnerAsync(string email, ChannelIdentity identity, CancellationToken cancellationToken)
    {
        var owners = (await people.FindByNameAsync(email, cancellationToken)).Where(p => IsSame(p.Email, email)).DistinctBy(p => p.Id).ToList();
        if (owners is not [var owner])
            return owners.Count == 0 ? Nobody(identity, "nobody has its e-mail address") : new Problem(ProblemCode.AmbiguousPerson, $"{owners.Count} people have the e-mail address of {identity}.");

        // A second account with the address of somebody whose account is known is how one person is made to look like another.
        var bound = await people.IdentitiesOfAsync(owner.Id, cancellationToken);
        return bound.Any(b => b.Channel == identity.Channel && string.Equals(b.Tenant, identity.Tenant, StringComparison.OrdinalIgnoreCase))
            ? Nobody(identity, $"{owner.Id}, who has its e-mail address, is bound to another account there")
            : owner;
    }

    /// <summary>Letters beyond ASCII are never folded: some of them become an ASCII letter when their case changes.</summary>
    private static bool IsSame(string one, string other) => Ascii.EqualsIgnoreCase(one, other);

    private static Result<Person> Nobody(ChannelIdentity identity, string why) => new Problem(ProblemCode.UnknownPerson, $"{identity}: {why}.");
}

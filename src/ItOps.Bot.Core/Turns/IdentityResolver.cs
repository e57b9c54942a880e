using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Turns;

/// <summary>Binds a channel identity to the one person whom the directory binds to it or, where that is allowed, to the one who has its e-mail address.</summary>
public sealed class IdentityResolver(IPersonDirectory people, EmailMatch emails, TimeProvider time) : IIdentityResolver
{
    public async Task<Result<Principal>> ResolveAsync(ChannelIdentity identity, CancellationToken cancellationToken)
    {
        if (identity.SignedInPerson is { } id)
        {
            return await people.FindAsync(id, cancellationToken) is { } signedIn
                ? new Principal(signedIn, identity, new(AssuranceMethod.SingleSignOn, time.GetUtcNow()))
                : new Problem(ProblemCode.UnknownPerson, $"{id} is no longer in the directory.");
        }

        var found = await people.FindByChannelAsync(identity, cancellationToken);
        if (found.Count > 1)
            return new Problem(ProblemCode.AmbiguousPerson, $"{found.Count} people are bound to {identity}.");
        if (found is [var bound])
            return new Principal(bound, identity, new(Method(identity.Channel), time.GetUtcNow()));
        var matched = await emails.FindAsync(identity, cancellationToken);
        return matched.Failed ? matched.Problem : new Principal(matched.Value, identity, new(AssuranceMethod.EmailMatch, time.GetUtcNow()));
    }

    public async Task<Result<Principal>> RequesterAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        await people.FindAsync(request.Requester, cancellationToken) is { } person
            ? new Principal(person, new("bot", "", "bot"), Session(request))
            : new Problem(ProblemCode.UnknownPerson, $"{request.Requester} is no longer in the directory.");

    /// <summary>A request that an older version stored does not say how its requester was known: that is no evidence then.</summary>
    private static AssuranceEvidence Session(ServiceRequest request) =>
        request.Evidence is [var session, ..] ? session : new(AssuranceMethod.RecentlyBound, request.OpenedAt) { Through = request.Conversation.Channel };

    private static AssuranceMethod Method(string channel) => channel switch
    {
        "console" => AssuranceMethod.PracticePicker,
        "terminal" => AssuranceMethod.Terminal,
        _ => AssuranceMethod.ChatPlatform,
    };
}

using ItOps.Bot.Assurance;
using ItOps.Bot.People;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Turns;

/// <summary>Binds a channel identity to the one person whom the directory binds to it.</summary>
public sealed class IdentityResolver(IPersonDirectory people, TimeProvider time) : IIdentityResolver
{
    public async Task<Result<Principal>> ResolveAsync(ChannelIdentity identity, CancellationToken cancellationToken)
    {
        var found = await people.FindByChannelAsync(identity, cancellationToken);
        return found.Count switch
        {
            1 => new Principal(found[0], identity, new(Method(identity.Channel), time.GetUtcNow())),
            0 => new Problem(ProblemCode.UnknownPerson, $"Nobody is bound to {identity}."),
            _ => new Problem(ProblemCode.AmbiguousPerson, $"{found.Count} people are bound to {identity}."),
        };
    }

    public async Task<Result<Principal>> RequesterAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        await people.FindAsync(request.Requester, cancellationToken) is { } person
            ? new Principal(person, new("bot", "", "bot"), new(AssuranceMethod.ChatPlatform, request.OpenedAt))
            : new Problem(ProblemCode.UnknownPerson, $"{request.Requester} is no longer in the directory.");

    private static AssuranceMethod Method(string channel) => channel switch
    {
        "console" => AssuranceMethod.PracticePicker,
        "terminal" => AssuranceMethod.Terminal,
        _ => AssuranceMethod.ChatPlatform,
    };
}

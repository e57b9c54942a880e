using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Assurance;

/// <summary>A registered route to a person that is not the one they are writing through.</summary>
public sealed record SecondRoute(string Channel, ConversationId Conversation);

/// <summary>
/// Where a one-time code may be sent: to another account of the person that the directory or the operator registered, and not since a short while ago. Whoever
/// took over the account that is writing has not got that one too.
/// </summary>
public sealed class SecondRoutes(IEnumerable<IChannel> channels, ContactHistory contacts, IPersonDirectory people)
{
    private readonly IChannel[] _channels = [.. channels.Where(c => c.CarriesCodes)];

    public async Task<IReadOnlyList<SecondRoute>> OfAsync(Principal actor, CancellationToken cancellationToken)
    {
        var routes = new List<SecondRoute>();
        foreach (var channel in _channels.Where(c => c.Name != actor.Via.Channel))
        {
            if (await IsSettledAsync(actor.Person, channel.Name, cancellationToken) && await channel.DirectConversationAsync(actor.Id, cancellationToken) is { } conversation)
                routes.Add(new(channel.Name, conversation));
        }

        return routes;
    }

    /// <summary>One fresh account among several of a channel is enough to trust none of them.</summary>
    private async Task<bool> IsSettledAsync(Person person, string channel, CancellationToken cancellationToken)
    {
        var routes = channel == ContactRoute.MailChannel
            ? [ContactRoute.Mail(person.Email)]
            : (await people.IdentitiesOfAsync(person.Id, cancellationToken)).Where(i => i.Channel == channel).Select(ContactRoute.Of).ToList();
        foreach (var route in routes)
        {
            if (!await contacts.IsSettledAsync(person.Id, route, cancellationToken))
                return false;
        }

        return routes.Count > 0;
    }
}

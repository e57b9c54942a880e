using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Terminal;

/// <summary>The terminal of one person. It prints what is said to them, and nothing that is said to others.</summary>
public sealed class TerminalChannel(string person, TerminalScreen screen) : IChannel
{
    public const string ChannelName = "terminal";

    public string Name => ChannelName;

    /// <summary>Who signs in here was vouched for by nobody else.</summary>
    public bool CarriesCodes => false;

    public static ChannelIdentity IdentityOf(string person) => new(ChannelName, "sandbox", person);

    public static ConversationId ConversationOf(string person) => new(ChannelName, person);

    public Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.To == ConversationOf(person))
            screen.Show(delivery.Reply);
        return Task.FromResult(new MessageReference(delivery.To, delivery.Id));
    }

    public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken)
    {
        // A line that was printed stays; the newer state is printed below it.
        if (message.Conversation == ConversationOf(person))
            screen.Show(reply);
        return Task.CompletedTask;
    }

    /// <summary>Approvals and hand-offs go to where people stay; a terminal comes and goes.</summary>
    public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult<ConversationId?>(null);
}

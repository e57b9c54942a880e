using ItOps.Bot.Console.Live;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.Chat;

/// <summary>The console's own chat: what is sent is kept in the transcript, and open pages are told.</summary>
internal sealed class ConsoleChannel(
    ITranscript transcript, IPersonDirectory people, IIdentityResolver identities, ConsoleFeed feed, ConsoleOptions options, TimeProvider time)
    : IChannel
{
    public string Name => ConsoleIdentity.Channel;

    /// <summary>Who signs in here was vouched for by nobody else.</summary>
    public bool CarriesCodes => false;

    public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await transcript.PostAsync(new(delivery.Id, delivery.To, time.GetUtcNow(), Text: null, delivery.Reply), cancellationToken);
        feed.Publish(delivery.To);
        return new(delivery.To, delivery.Id);
    }

    public async Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken)
    {
        await transcript.UpdateAsync(message.Conversation, message.MessageId, reply, cancellationToken);
        feed.Publish(message.Conversation);
    }

    /// <summary>Only where the name leads back to the same person: what is posted there is for nobody else.</summary>
    public async Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (options.OpenId is not null)
            return await people.FindAsync(person, cancellationToken) is null ? null : ConsoleIdentity.ConversationOf(person.Value);
        if (!options.SandboxSignIn
            || await people.FindAsync(person, cancellationToken) is not { } found
            || ConsoleIdentity.UserNameOf(found) is not { } name)
        {
            return null;
        }

        var resolved = await identities.ResolveAsync(ConsoleIdentity.Of(name), cancellationToken);
        return !resolved.Failed && resolved.Value.Id == person ? ConsoleIdentity.ConversationOf(name) : null;
    }
}

using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Mail;

/// <summary>
/// Tells people by mail, at the address that the directory has for them; an address that somebody typed is never written to. A mail cannot be taken back or changed,
/// so updates of it come to nothing.
/// </summary>
internal sealed class MailChannel(MailClient client, MailRenderer renderer, IPersonDirectory people) : IChannel
{
    public const string ChannelName = "mail";

    public string Name => ChannelName;

    public bool TakesAnswers => false;

    public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var message = renderer.Render(delivery);
        await client.SendAsync(message, cancellationToken);
        return new(delivery.To, message.MessageId!);
    }

    public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Only where the address leads back to the same person and nobody else: a shared mailbox is nobody's.</summary>
    public async Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (await people.FindAsync(person, cancellationToken) is not { Email: var address } || !MailLimits.IsPlain(address))
            return null;
        var owners = (await people.FindByNameAsync(address, cancellationToken)).Where(p => string.Equals(p.Email, address, StringComparison.OrdinalIgnoreCase)).Select(p => p.Id).Distinct();
        return owners.All(o => o == person) ? new(ChannelName, address) : null;
    }
}

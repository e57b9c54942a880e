using ItOps.Bot.Conversations;
using ItOps.Bot.People;

namespace ItOps.Bot.Replies;

/// <summary>A way to reach people. One folder each; Core knows no other thing about Slack, Teams, the console or the terminal.</summary>
public interface IChannel
{
    /// <summary>"console", "slack", "teams", "terminal": the first part of its <see cref="ConversationId"/>s.</summary>
    string Name { get; }

    /// <summary>People can answer and decide here. A channel that only tells (mail) carries notices and codes, never a card to press.</summary>
    bool TakesAnswers => true;

    /// <summary>A message reaches only whoever holds an account that a platform vouches for, so that a one-time code may be sent here.</summary>
    bool CarriesCodes => true;

    /// <summary>The place of this channel where everybody who decides sees approvals together; none unless one is set up.</summary>
    ConversationId? ApproversPlace => null;

    /// <summary>
    /// Posts a message. <see cref="Delivery.Id"/> repeats when a crash made us unsure whether it was sent: a channel that can, uses it to post once.
    /// </summary>
    /// <exception cref="DeliveryException">It was not sent, or nobody can tell; says which, and when to try again.</exception>
    Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Replaces a message that <see cref="SendAsync"/> posted.</summary>
    /// <exception cref="DeliveryException">As for sending; an update may always be repeated.</exception>
    Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken);

    /// <summary>Where this channel can reach a person without having been written to first; none when it cannot.</summary>
    Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken);
}

/// <summary>A message on its way, with an id that makes sending it twice harmless where the platform allows.</summary>
public sealed record Delivery(string Id, ConversationId To, Reply Reply);

/// <summary>A message that was posted: its conversation and the platform's id for it.</summary>
public sealed record MessageReference(ConversationId Conversation, string MessageId);

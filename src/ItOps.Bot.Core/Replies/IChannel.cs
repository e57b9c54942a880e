using ItOps.Bot.Conversations;
using ItOps.Bot.People;

namespace ItOps.Bot.Replies;

/// <summary>A way to reach people. One folder each; Core knows no other thing about Slack, Teams, the console or the terminal.</summary>
public interface IChannel
{
    /// <summary>"console", "slack", "teams", "terminal": the first part of its <see cref="ConversationId"/>s.</summary>
    string Name { get; }

    /// <summary>
    /// Posts a message. <see cref="Delivery.Id"/> repeats when a crash made us unsure whether it was sent: a channel that can, uses it to post once.
    /// </summary>
    Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Replaces a message that <see cref="SendAsync"/> posted.</summary>
    Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken);

    /// <summary>Where this channel can reach a person without having been written to first; none when it cannot.</summary>
    Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken);
}

/// <summary>A message on its way, with an id that makes sending it twice harmless where the platform allows.</summary>
public sealed record Delivery(string Id, ConversationId To, Reply Reply);

/// <summary>A message that was posted: its conversation and the platform's id for it.</summary>
public sealed record MessageReference(ConversationId Conversation, string MessageId);

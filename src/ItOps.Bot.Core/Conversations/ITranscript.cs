using ItOps.Bot.Replies;

namespace ItOps.Bot.Conversations;

/// <summary>
/// What was said, for channels that have no memory of their own (console, terminal). Posting is idempotent on the message id.
/// </summary>
public interface ITranscript
{
    Task PostAsync(TranscriptMessage message, CancellationToken cancellationToken);

    /// <summary>Replaces the reply of a message; nothing happens when there is none.</summary>
    Task UpdateAsync(ConversationId conversation, string messageId, Reply reply, CancellationToken cancellationToken);

    /// <summary>The newest <paramref name="take"/> messages, oldest first.</summary>
    Task<IReadOnlyList<TranscriptMessage>> ReadAsync(ConversationId conversation, int take, CancellationToken cancellationToken);
}

/// <summary>One message: a person's words, or a reply of the bot. Exactly one of <paramref name="Text"/> and <paramref name="Reply"/> is set.</summary>
public sealed record TranscriptMessage(string Id, ConversationId Conversation, DateTimeOffset At, string? Text, Reply? Reply);

namespace ItOps.Bot.Conversations;

/// <summary>Reads conversations. Writing is a commit.</summary>
public interface IConversationStore
{
    /// <summary>The stored context, or a new one with version 0.</summary>
    Task<ConversationContext> LoadAsync(ConversationId id, CancellationToken cancellationToken);
}

using ItOps.Bot.Conversations;

namespace ItOps.Bot.Replies;

/// <summary>What a message shows that is made when it is sent, not when it was queued.</summary>
public interface ILiveReplies
{
    /// <summary>None when there is nothing to show under the topic.</summary>
    Task<Reply?> DrawAsync(string topic, ConversationId place, CancellationToken cancellationToken);
}

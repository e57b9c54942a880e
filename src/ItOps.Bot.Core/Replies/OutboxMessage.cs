using ItOps.Bot.Conversations;

namespace ItOps.Bot.Replies;

/// <summary>
/// A reply waiting to be sent, or an update of one that was. With a <see cref="Topic"/> ("approval:…", "request:…"), what is posted is remembered under it,
/// and later messages with the same topic and conversation replace it.
/// </summary>
public sealed record OutboxMessage(string Id, ConversationId To, Reply Reply, DateTimeOffset QueuedAt)
{
    public string? Topic { get; init; }

    /// <summary>Replace what was posted under <see cref="Topic"/> in this conversation instead of posting; dropped when nothing was.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>Drawn anew under <see cref="Topic"/> when it is sent, and posted once in each conversation: after that it is an update too.</summary>
    public bool IsLive { get; init; }

    public int Attempts { get; init; }
}

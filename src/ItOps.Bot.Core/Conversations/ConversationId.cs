namespace ItOps.Bot.Conversations;

/// <summary>A place where messages are exchanged: a channel's name and the channel's own id for it.</summary>
public sealed record ConversationId(string Channel, string Value)
{
    public override string ToString() => $"{Channel}:{Value}";
}

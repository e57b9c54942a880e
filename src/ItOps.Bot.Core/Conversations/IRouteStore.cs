namespace ItOps.Bot.Conversations;

/// <summary>Reads what a channel remembered about a place (an address, the platform's ids), to write there without having been written to first.</summary>
public interface IRouteStore
{
    /// <summary>What the channel saved with a <see cref="Commits.RouteSaved"/>, or none.</summary>
    Task<string?> FindAsync(ConversationId conversation, CancellationToken cancellationToken);
}

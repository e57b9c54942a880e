namespace ItOps.Bot.HandOffs;

/// <summary>Reads hand-offs. Writing is a commit.</summary>
public interface IHandOffStore
{
    Task<HandOffCase?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>A request has at most one.</summary>
    Task<HandOffCase?> ForRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Those that nobody has, and those that somebody works on or waits for the person's word with; oldest first.</summary>
    Task<IReadOnlyList<HandOffCase>> OpenAsync(int take, CancellationToken cancellationToken);

    /// <summary>Those whose ticket is to be looked after at <paramref name="now"/>.</summary>
    Task<IReadOnlyList<HandOffCase>> TicketsDueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);
}

namespace ItOps.Bot.Turns;

/// <summary>Reads the turns that were accepted and not yet handled; after a start, that is what a crash left behind.</summary>
public interface ITurnInbox
{
    Task<IReadOnlyList<Turn>> UnhandledAsync(DateTimeOffset acceptedBefore, int take, CancellationToken cancellationToken);
}

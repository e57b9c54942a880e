namespace ItOps.Bot.Knowledge;

/// <summary>Splits a message that asks for several things into one wish each, in the order to be taken; a single one, with the whole text, when it asks for one.</summary>
public interface IDecomposer
{
    Task<IReadOnlyList<Wish>> DecomposeAsync(string text, CancellationToken cancellationToken);
}

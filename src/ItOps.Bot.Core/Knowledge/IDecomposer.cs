namespace ItOps.Bot.Knowledge;

/// <summary>Splits a message that asks for several things into one text each, in the order to be taken; a single text when it asks for one.</summary>
public interface IDecomposer
{
    Task<IReadOnlyList<string>> DecomposeAsync(string text, CancellationToken cancellationToken);
}

namespace ItOps.Bot.Storage.Writing;

/// <summary>One change, made ready by its caller (rows filled, bodies serialised and encrypted), so that the writer has only the database to do.</summary>
internal interface IWrite
{
    /// <summary>Puts the change into the scope's context, to be saved with the others. <c>false</c> when an expectation does not hold.</summary>
    ValueTask<bool> ApplyAsync(WriteScope scope, CancellationToken cancellationToken);
}

namespace ItOps.Bot.Storage.Writing;

/// <summary>One change, made ready by its caller (bodies serialised and encrypted), so that the writer has only the database to do.</summary>
internal interface IWrite
{
    /// <summary>Writes the change within the scope's transaction. <c>false</c> when an expectation does not hold.</summary>
    bool Apply(WriteScope scope);
}

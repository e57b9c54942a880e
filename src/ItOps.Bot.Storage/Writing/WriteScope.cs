using System.Data.Common;

namespace ItOps.Bot.Storage.Writing;

/// <summary>What the writes of one commit work with. Each is applied at once, and so is seen by those after it.</summary>
internal sealed class WriteScope(WriteConnection connection, string database, DateTimeOffset now)
{
    /// <summary>What a person calls the database.</summary>
    public string Database => database;

    public DateTimeOffset Now => now;

    /// <summary>Runs the statement; the number of rows that it changed.</summary>
    public int Execute(Statement statement, params ReadOnlySpan<object?> values) => connection.Execute(statement, values);

    /// <summary>Stores what must not be there, or must be there, already. <c>false</c> when that does not hold: no row is changed.</summary>
    public bool Change(Statement statement, params ReadOnlySpan<object?> values) => connection.Execute(statement, values) > 0;

    /// <summary>Stores a row whose stored version must be one less; version 1 is new.</summary>
    public bool ChangeVersion(int version, Statement insert, Statement update, params ReadOnlySpan<object?> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        return Change(version == 1 ? insert : update, values);
    }

    /// <summary>What is read from the first row; none when there is no row.</summary>
    public T? First<T>(Statement statement, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) =>
        connection.First(statement, read, values);
}

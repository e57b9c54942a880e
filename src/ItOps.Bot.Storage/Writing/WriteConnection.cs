using System.Data.Common;

namespace ItOps.Bot.Storage.Writing;

/// <summary>The writer's own connection. It stays open from one transaction to the next, and so its statements are prepared once.</summary>
internal sealed class WriteConnection(DbConnection connection) : IDisposable
{
    private readonly Dictionary<Statement, DbCommand> _prepared = [];

    /// <summary>The transaction that is under way.</summary>
    public DbTransaction? Transaction { get; private set; }

    public DbTransaction Begin() => Transaction = connection.BeginTransaction();

    /// <summary>Runs the statement; the number of rows that it changed.</summary>
    public int Execute(Statement statement, ReadOnlySpan<object?> values) => Command(statement, values).ExecuteNonQuery();

    /// <summary>What is read from the first row; none when there is no row.</summary>
    public T? First<T>(Statement statement, Func<DbDataReader, T> read, ReadOnlySpan<object?> values)
    {
        using var reader = Command(statement, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private DbCommand Command(Statement statement, ReadOnlySpan<object?> values)
    {
        var isNew = !_prepared.TryGetValue(statement, out var command);
        command ??= _prepared[statement] = Make(statement);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, command.Parameters.Count);
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.Transaction = Transaction;
        // Only now: some databases prepare for the types of the values.
        if (isNew)
            command.Prepare();
        return command;
    }

    private DbCommand Make(Statement statement)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are this program's own constants.
        command.CommandText = statement.Sql;
#pragma warning restore CA2100
        foreach (var name in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

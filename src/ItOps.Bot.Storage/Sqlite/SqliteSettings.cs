using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ItOps.Bot.Storage.Sqlite;

/// <summary>
/// What every connection needs: synchronous=FULL makes a commit durable before it is reported, also when the power fails. temp_store=MEMORY keeps the
/// undo pages of savepoints, which nobody needs after a crash, out of a file that is otherwise made and deleted for every transaction. The write-ahead log is
/// copied back, by whoever commits, at 16 MB rather than at 4: every turn touches the same pages, and they are then copied less often.
/// </summary>
internal sealed class SqliteSettings(TimeSpan busyTimeout) : DbConnectionInterceptor
{
    private readonly string _sql =
        $"PRAGMA busy_timeout={(int)busyTimeout.TotalMilliseconds};PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
        + "PRAGMA wal_autocheckpoint=4000;PRAGMA foreign_keys=ON;";

    // A pooled connection keeps its settings, and is opened for every read.
    private readonly ConditionalWeakTable<object, SqliteSettings> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    public void Apply(DbConnection connection)
    {
        if (((SqliteConnection)connection).Handle is { } handle && _set.TryGetValue(handle, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = _sql;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(((SqliteConnection)connection).Handle!, this);
    }
}

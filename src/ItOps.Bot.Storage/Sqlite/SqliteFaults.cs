using Microsoft.Data.Sqlite;

namespace ItOps.Bot.Storage.Sqlite;

/// <summary>SQLite's result codes (sqlite.org/rescode.html) in words for the person who must mend it.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Io = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static SqliteException? Find(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is SqliteException fault)
                return fault;
        }

        return null;
    }

    public static string? Explain(SqliteException fault, string database)
    {
        var remedy = fault.SqliteErrorCode switch
        {
            Full => "there is no room left: free space on its disk, writing then goes on by itself",
            Busy or Locked => "another process holds it: end that process (a second bot, a backup, a shell with an open transaction)",
            ReadOnly => "it may not be written: give this program's user the right to write the file and its folder",
            Io => "its disk failed to read or write: check the disk and the system log",
            CannotOpen => "it cannot be opened: check that its folder exists and that this program's user may write there",
            Corrupt or NotADatabase => "it is damaged or no SQLite database: restore it from a backup",
            _ => null,
        };
        return remedy is null ? null : $"The database {database} cannot be used: {remedy}. ({fault.Message})";
    }
}

using System.Data.Common;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ItOps.Bot.Storage.Sqlite;

internal sealed class SqliteProvider : IDatabaseProvider
{
    private readonly string _connectionString;
    private readonly SqliteSettings _settings;
    private readonly string _file;

    public SqliteProvider(StorageOptions options)
    {
        var builder = Parse(options.ConnectionString);
        // The client waits in whole seconds, after SQLite's own finer waiting has ended.
        builder.DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds));
        builder.DataSource = _file = Path.GetFullPath(builder.DataSource);
        _connectionString = builder.ToString();
        _settings = new SqliteSettings(options.BusyTimeout);
    }

    public string Description => _file;

    public void Prepare()
    {
        if (File.Exists(_file))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        // SQLite gives its write-ahead log the mode of the database, so it must be right before SQLite sees the file.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(_file, options);
    }

    public async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            _settings.Apply(connection);
            await UseWriteAheadLogAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        const string Remedy = "give it as 'Data Source=<path>'";
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
            // In memory, every connection would have a database of its own.
            var isFile = !string.IsNullOrWhiteSpace(builder.DataSource) && builder.Mode != SqliteOpenMode.Memory
                && builder.DataSource != ":memory:" && !builder.DataSource.StartsWith("file:", StringComparison.Ordinal);
            return !isFile
                ? throw new SettingException($"Storage:ConnectionString names no file: {Remedy}.")
                : builder;
        }
        catch (ArgumentException unreadable)
        {
            throw new SettingException($"Storage:ConnectionString is not one for SQLite ({unreadable.Message}): {Remedy}.", unreadable);
        }
    }

    // Kept by the file itself from then on; readers go on beside the writer.
    private static async Task UseWriteAheadLogAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> MigrationsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory'";
        if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == 0)
            return [];

        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """;
        var ids = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            ids.Add(reader.GetString(0));
        return ids;
    }

    public async Task TryWriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        await transaction.RollbackAsync(cancellationToken);
    }

    public void Configure(DbContextOptionsBuilder<BotDbContext> options) =>
        options.UseSqlite(_connectionString).AddInterceptors(_settings);

    public void ConfigureTimers(IPersistentStoreBuilder store) =>
        store.UseSqlite(SqliteFactory.Instance, _connectionString);

    public StoreUnavailableException? Translate(Exception failure) =>
        SqliteFaults.Find(failure) is { } fault && SqliteFaults.Explain(fault, Description) is { } words
            ? new StoreUnavailableException(words, failure)
            : null;

    public long? FreeSpace() => new DriveInfo(Path.GetDirectoryName(_file)!).AvailableFreeSpace;

    public void ReleaseConnections()
    {
        using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }
}

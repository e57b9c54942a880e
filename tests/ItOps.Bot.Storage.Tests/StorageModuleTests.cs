using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Storage.Tests;

public sealed class StorageModuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void An_unknown_provider_is_refused_by_its_key()
    {
        var refused = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddStorage(new StorageOptions { Provider = "oracle", ConnectionString = "Data Source=x" }));

        Assert.Contains("Storage:Provider", refused.Message, StringComparison.Ordinal);
        Assert.Contains("oracle", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=")]
    [InlineData("Server=db;Database=bot")]
    public void A_connection_string_that_names_no_file_is_refused_by_its_key(string connectionString)
    {
        var refused = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddStorage(new StorageOptions { ConnectionString = connectionString }));

        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_is_made_and_only_the_bots_user_may_read_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        await using var store = new StoreFixture();

        await store.Start().GetRequiredService<ICommitStore>().CommitAsync(new Commit().Add(new MessageQueued(Samples.Message())), Cancel);

        var files = Directory.GetFiles(Path.GetDirectoryName(store.File)!);
        Assert.True(files.Length >= 2);
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
    }

    [Fact]
    public async Task A_start_on_a_place_that_cannot_be_written_fails_and_says_where()
    {
        await using var store = new StoreFixture();
        await File.WriteAllTextAsync(Path.Combine(store.Folder, "data"), "a file where the folder should be", Cancel);
        var start = store.Start().GetServices<IHostedService>().OfType<IHostedLifecycleService>().First();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => start.StartingAsync(Cancel));

        Assert.Contains(store.File, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_are_durable_before_they_are_reported()
    {
        await using var store = new StoreFixture();
        var database = store.Start().GetRequiredService<Database>();
        await using var db = await database.OpenAsync(Cancel);
        var connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database);
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.OpenConnectionAsync(db.Database, Cancel);

        foreach (var (setting, value) in new (string, object)[] { ("synchronous", 2L), ("foreign_keys", 1L), ("journal_mode", "wal"), ("busy_timeout", 5000L) })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {setting}";
            Assert.Equal(value, await command.ExecuteScalarAsync(Cancel));
        }
    }
}

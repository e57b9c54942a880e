using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
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
        var refused = Assert.Throws<SettingException>(
            () => new ServiceCollection().AddStorage(new StorageOptions { Provider = "oracle", ConnectionString = "Data Source=x" }));

        Assert.Contains("Storage:Provider", refused.Message, StringComparison.Ordinal);
        Assert.Contains("oracle", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Data Source=file:x?mode=memory")]
    [InlineData("Server=db;Database=bot")]
    public void A_connection_string_that_names_no_file_is_refused_by_its_key(string connectionString)
    {
        var refused = Assert.Throws<SettingException>(
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
    public async Task Warming_up_leaves_nothing_behind()
    {
        await using var store = new StoreFixture();
        var bot = store.Start();
        var start = bot.GetServices<IHostedService>().OfType<IHostedLifecycleService>().First();

        await start.StartingAsync(Cancel);
        await start.StartedAsync(Cancel);
        await start.StoppingAsync(Cancel);

        Assert.Equal(0, (await bot.GetRequiredService<IAuditLog>().HeadAsync(Cancel)).Count);
        Assert.Empty(await bot.GetRequiredService<IAuditLog>().ReadAsync(0, Cancel).ToListAsync(Cancel));
        Assert.Empty(await bot.GetRequiredService<IOutbox>().DueAsync(["none"], DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, 9, Cancel));
        Assert.Equal(0, (await bot.GetRequiredService<IConversationStore>().LoadAsync(new("none", "warm-up"), Cancel)).Version);
    }

    [Fact]
    public async Task Commits_are_durable_before_they_are_reported()
    {
        await using var store = new StoreFixture { BusyTimeout = TimeSpan.FromSeconds(7) };
        var database = store.Start().GetRequiredService<Database>();
        await using var db = await database.OpenAsync(Cancel);
        var connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database);
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.OpenConnectionAsync(db.Database, Cancel);

        foreach (var (setting, value) in new (string, object)[] { ("synchronous", 2L), ("foreign_keys", 1L), ("journal_mode", "wal"), ("busy_timeout", 7000L) })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {setting}";
            Assert.Equal(value, await command.ExecuteScalarAsync(Cancel));
        }
    }
}

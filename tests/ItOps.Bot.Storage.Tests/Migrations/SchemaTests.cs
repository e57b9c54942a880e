using System.Text.RegularExpressions;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Migrations;
using ItOps.Bot.Storage.Model;
using ItOps.Bot.Storage.Sqlite;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Tests.Migrations;

public sealed partial class SchemaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrations_make_what_the_model_describes()
    {
        await using StoreFixture migrated = new(), created = new();
        await migrated.Start().GetRequiredService<Database>().EnsureReadyAsync(Cancel);
        await using (var db = Context(created))
            Assert.True(await db.Database.EnsureCreatedAsync(Cancel));

        var fromMigrations = await SchemaOfAsync(migrated);
        Assert.Contains(fromMigrations, s => s.Contains("audit_head", StringComparison.Ordinal));
        Assert.Equal(await SchemaOfAsync(created), fromMigrations);
    }

    [Fact]
    public async Task The_last_migration_is_the_one_that_the_program_looks_for()
    {
        await using var store = new StoreFixture();
        await using var db = Context(store);

        Assert.Equal(Schema.Latest, db.GetService<IMigrationsAssembly>().Migrations.Keys.Last());
    }

    [Fact]
    public async Task Nothing_in_the_migrations_names_a_type_of_one_database()
    {
        await using var store = new StoreFixture();
        await using var db = Context(store);
        var assembly = db.GetService<IMigrationsAssembly>();

        foreach (var migration in assembly.Migrations.Values.Select(t => assembly.CreateMigration(t, db.Database.ProviderName!)))
        {
            var tables = migration.UpOperations.OfType<Microsoft.EntityFrameworkCore.Migrations.Operations.CreateTableOperation>().ToList();
            Assert.NotEmpty(tables);
            Assert.All(tables.SelectMany(t => t.Columns), c => Assert.Null(c.ColumnType));
            Assert.Empty(migration.UpOperations.OfType<Microsoft.EntityFrameworkCore.Migrations.Operations.SqlOperation>());
        }
    }

    [Fact]
    public async Task Processes_that_start_at_once_on_a_new_database_all_find_it_ready()
    {
        await using var store = new StoreFixture();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
            await store.Start().GetRequiredService<ICommitStore>().CommitAsync(
                new Commit().Add(new MessageQueued(Samples.Message($"m{i}"))), Cancel))));

        Assert.All(outcomes, o => Assert.Equal(CommitOutcome.Committed, o));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var store = new StoreFixture();
        await store.Start().GetRequiredService<Database>().EnsureReadyAsync(Cancel);
        await store.TamperAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99')""");
        var bot = store.Start();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => bot.GetRequiredService<ICommitStore>().CommitAsync(new Commit().Add(new MessageQueued(Samples.Message())), Cancel));

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_Later", (await bot.GetRequiredService<IStoreHealth>().CheckAsync(Cancel))!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_vanishes_is_reported()
    {
        await using var store = new StoreFixture();
        var health = store.Start().GetRequiredService<IStoreHealth>();
        Assert.Null(await health.CheckAsync(Cancel));

        await store.TamperAsync("""DROP TABLE "__EFMigrationsHistory" """);

        Assert.Contains("lost its schema", (await health.CheckAsync(Cancel))!.Detail, StringComparison.Ordinal);
    }

    private static BotDbContext Context(StoreFixture store)
    {
        var provider = new SqliteProvider(new StorageOptions { ConnectionString = $"Data Source={store.File};Pooling=False" });
        provider.Prepare();
        return new BotDbContext(Database.Options(provider));
    }

    private static async Task<List<string>> SchemaOfAsync(StoreFixture store)
    {
        await using var connection = store.Tamper();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE tbl_name NOT LIKE '\\_\\_EF%' ESCAPE '\\' ORDER BY type, name";
        var schema = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
            schema.Add(Normalised(reader.GetString(0)));
        return schema;
    }

    // Columns may stand in another order than the model's, and white space means nothing.
    private static string Normalised(string sql)
    {
        var flat = WhiteSpace().Replace(sql, " ").Trim();
        var open = flat.StartsWith("table ", StringComparison.Ordinal) ? flat.IndexOf('(', StringComparison.Ordinal) : -1;
        if (open < 0)
            return flat;
        var parts = TopLevelComma().Split(flat[(open + 1)..flat.LastIndexOf(')')]).Select(p => p.Trim()).Order(StringComparer.Ordinal);
        return flat[..open] + "(" + string.Join(", ", parts) + ")";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex TopLevelComma();
}

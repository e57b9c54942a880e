using System.Reflection;
using ItOps.Bot.Storage.Tests.Setup;
using ItOps.Bot.Storage.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace ItOps.Bot.Storage.Tests.Writing;

public sealed class StatementTests
{
    /// <summary>sqlite.org/c3ref/c_dbconfig_defensive.html: without it, a quoted name that is no column is taken for a text.</summary>
    private const int QuotedTextInDml = 1013;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statements_name_tables_and_columns_that_the_schema_has()
    {
        await using var store = new StoreFixture();
        await store.Start().GetRequiredService<Database>().EnsureReadyAsync(Cancel);
        await using var connection = Strict(store);

        Assert.True(Fields().Count > 20);
        Assert.All(Fields(), field =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = Of(field).Sql;
            command.Prepare();
        });
    }

    [Theory]
    [InlineData("UPDATE inbox SET handled = TRUE WHERE name = @id")]
    [InlineData("""UPDATE inbox SET handled = TRUE WHERE "name" = @id""")]
    [InlineData("INSERT INTO inbox (id, accepted) VALUES (@id, 1)")]
    [InlineData("DELETE FROM in_box WHERE id = @id")]
    public async Task A_statement_with_another_name_is_found_out(string sql)
    {
        await using var store = new StoreFixture();
        await store.Start().GetRequiredService<Database>().EnsureReadyAsync(Cancel);
        await using var connection = Strict(store);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;

        Assert.Contains("no ", Assert.Throws<SqliteException>(command.Prepare).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_say_nothing_in_one_databases_own_words() =>
        Assert.All(Fields(), field => Assert.DoesNotMatch(@"(?i)\b(rowid|pragma|ifnull|datetime|strftime|insert or|replace into)\b|[`\[$?:]", Of(field).Sql));

    [Fact]
    public void Values_are_given_in_the_order_in_which_their_names_first_stand()
    {
        var statement = new Statement("UPDATE t SET version = @version, body = @body WHERE id = @id AND version = @version - 1");

        Assert.Equal(["@version", "@body", "@id"], statement.Parameters);
    }

    [Fact]
    public void The_two_ways_to_store_a_version_take_the_same_values()
    {
        var pairs = Fields()
            .GroupBy(f => f.DeclaringType!)
            .Select(t => (Insert: t.FirstOrDefault(f => f.Name == "s_insert"), Update: t.FirstOrDefault(f => f.Name == "s_update")))
            .Where(p => p.Insert is not null && p.Update is not null)
            .ToList();

        Assert.Equal(8, pairs.Count);
        Assert.All(pairs, p => Assert.Equal(Of(p.Insert!).Parameters, Of(p.Update!).Parameters));
    }

    private static SqliteConnection Strict(StoreFixture store)
    {
        var connection = store.Tamper();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_db_config(connection.Handle, QuotedTextInDml, 0, out _));
        return connection;
    }

    private static Statement Of(FieldInfo field) => (Statement)field.GetValue(null)!;

    private static List<FieldInfo> Fields() =>
    [
        .. typeof(Statement).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(Statement)),
    ];
}

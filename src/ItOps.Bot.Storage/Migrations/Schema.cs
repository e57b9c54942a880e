using System.Data.Common;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>
/// Brings a database to this program's schema, in one transaction. The usual case, that it has it already, is seen by one raw query, because
/// building Entity Framework's model first would cost more than all the rest of the start.
/// </summary>
internal static class Schema
{
    public const string Latest = Groups.Id;

    public static async Task BringUpToDateAsync(
        IDatabaseProvider provider, Lazy<PooledDbContextFactory<BotDbContext>> contexts, CancellationToken cancellationToken)
    {
        await using (var connection = await provider.ConnectAsync(cancellationToken))
        {
            if (await IsCurrentAsync(provider, connection, cancellationToken))
                return;
        }

        await using var db = contexts.Value.CreateDbContext();
        // EF's own lock for migrations is a row that a killed process leaves behind for ever; a transaction's lock dies with its process.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var open = db.Database.GetDbConnection();
        var applied = await provider.MigrationsAsync(open, cancellationToken);
        var script = db.GetService<IMigrator>().GenerateScript(
            applied.Count > 0 ? applied[^1] : Migration.InitialDatabase, toMigration: null, MigrationsSqlGenerationOptions.NoTransactions);
        if (script.Length > 0)
            await RunAsync(open, transaction, script, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <exception cref="StoreUnavailableException">The database was made by a newer version of the program.</exception>
    public static async Task<bool> IsCurrentAsync(IDatabaseProvider provider, DbConnection connection, CancellationToken cancellationToken)
    {
        var applied = await provider.MigrationsAsync(connection, cancellationToken);
        if (applied.Count > 0 && string.CompareOrdinal(applied[^1], Latest) > 0)
        {
            throw new StoreUnavailableException(
                $"The database {provider.Description} was made by a newer version ({applied[^1]}; this one knows {Latest}). Start that version, or restore a backup from before it.",
                new InvalidOperationException("unknown migration"));
        }

        return applied.Count > 0 && applied[^1] == Latest;
    }

    private static async Task RunAsync(
        DbConnection connection, IDbContextTransaction transaction, string script, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
#pragma warning disable CA2100 // The script is generated from this program's own migrations.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

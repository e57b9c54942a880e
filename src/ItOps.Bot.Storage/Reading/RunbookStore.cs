using System.Data.Common;
using System.Text.Json;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace ItOps.Bot.Storage.Reading;

/// <summary>What every start reads is read without Entity Framework, whose first query takes longer than all the rest of the start.</summary>
internal sealed class RunbookStore(Database database, Bodies bodies) : IRunbookStore
{
    private const string Draft = nameof(VersionStatus.Draft);
    private const string Proposed = nameof(VersionStatus.Proposed);

    private const string StampSql = "SELECT COALESCE(SUM(revision), 0) FROM runbooks";
    private const string EntriesSql = "SELECT id, revision, published, enabled, file_hash, file_gone, file_version FROM runbooks ORDER BY id";
    private const string KeptSql = "SELECT runbook_id, number, content_hash, body FROM runbook_versions WHERE status IN ('Published', 'Superseded')";
    private const string ChangesSql = "SELECT v.runbook_id, v.body FROM runbook_versions v JOIN runbooks r ON r.id = v.runbook_id AND r.published = v.number";

    public async Task<long> StampAsync(CancellationToken cancellationToken) =>
        (await RowsAsync(StampSql, r => r.GetInt64(0), cancellationToken))[0];

    public async Task<IReadOnlyList<RunbookEntry>> EntriesAsync(CancellationToken cancellationToken) => (await RowsAsync(
        EntriesSql,
        r => new EntryColumns(r.GetString(0), r.GetInt32(1), r.GetInt32(2), r.GetBoolean(3), r.IsDBNull(4) ? null : r.GetString(4), r.GetBoolean(5), r.GetInt32(6)),
        cancellationToken)).Select(c => c.Entry).ToList();

    public async Task<RunbookEntry?> EntryAsync(string runbookId, CancellationToken cancellationToken) => await database.ReadAsync(
        async db => await db.Set<RunbookRow>().FirstOrDefaultAsync(r => r.Id == runbookId, cancellationToken) is { } row
            ? new EntryColumns(row.Id, row.Revision, row.Published, row.Enabled, row.FileHash, row.FileGone, row.FileVersion).Entry
            : null,
        cancellationToken);

    public async Task<IReadOnlyList<KeptVersion>> KeptAsync(Func<(string Id, int Number), bool> known, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync<Kept?>(
            KeptSql,
            r => (r.GetString(0), r.GetInt32(1)) is var key && known(key) ? null : new Kept(key.Item1, key.Item2, r.GetString(2), r.GetString(3)),
            cancellationToken);
        return [.. rows.OfType<Kept>().Select(k => new KeptVersion(k.Id, k.Number, k.Hash, () => ContentOf(k.Body)))];
    }

    public Task<IReadOnlyList<RunbookVersion>> VersionsAsync(string runbookId, CancellationToken cancellationToken) => bodies.ListAsync<RunbookVersion>(
        db => db.Set<RunbookVersionRow>().Where(r => r.RunbookId == runbookId).OrderByDescending(r => r.Number).Select(r => r.Body), cancellationToken);

    public Task<RunbookVersion?> VersionAsync(string runbookId, int number, CancellationToken cancellationToken) => bodies.FindAsync<RunbookVersion>(
        db => db.Set<RunbookVersionRow>().Where(r => r.RunbookId == runbookId && r.Number == number).Select(r => r.Body).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<RunbookVersion>> OpenAsync(CancellationToken cancellationToken) => bodies.ListAsync<RunbookVersion>(
        db => db.Set<RunbookVersionRow>().Where(r => r.Status == Draft || r.Status == Proposed).OrderByDescending(r => r.ChangedAt).Select(r => r.Body), cancellationToken);

    public async Task<IReadOnlyDictionary<string, LastChange>> LastChangesAsync(CancellationToken cancellationToken) => (await RowsAsync(
        ChangesSql, r => (Id: r.GetString(0), Body: r.GetString(1)), cancellationToken)).ToDictionary(r => r.Id, r => ChangeOf(r.Body), StringComparer.Ordinal);

    private async Task<List<T>> RowsAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the constants above.
            command.CommandText = sql;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
        catch (Exception failure) when (database.Provider.Translate(failure) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private static RunbookContent ContentOf(string body)
    {
        using var stored = JsonDocument.Parse(body);
        var content = stored.RootElement.GetProperty(nameof(RunbookVersion.Content));
        return new(
            content.GetProperty(nameof(RunbookContent.Path)).GetString()!,
            content.GetProperty(nameof(RunbookContent.Text)).GetString()!,
            content.GetProperty(nameof(RunbookContent.Scripts)).EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetString()!, StringComparer.Ordinal));
    }

    private static LastChange ChangeOf(string body)
    {
        using var stored = JsonDocument.Parse(body);
        var version = stored.RootElement;
        return new(
            version.GetProperty(nameof(RunbookVersion.AuthorName)).GetString()!,
            version.GetProperty(nameof(RunbookVersion.ChangedAt)).GetDateTimeOffset(),
            Enum.Parse<VersionOrigin>(version.GetProperty(nameof(RunbookVersion.Origin)).GetString()!));
    }

    private sealed record Kept(string Id, int Number, string Hash, string Body);

    private readonly record struct EntryColumns(string Id, int Revision, int Published, bool Enabled, string? FileHash, bool FileGone, int FileVersion)
    {
        public RunbookEntry Entry => new(Id) { Revision = Revision, Published = Published, Enabled = Enabled, FileHash = FileHash, FileGone = FileGone, FileVersion = FileVersion };
    }
}

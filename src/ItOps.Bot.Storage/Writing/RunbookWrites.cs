using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Storage.Json;

namespace ItOps.Bot.Storage.Writing;

internal sealed class SaveRunbookEntry(RunbookEntry entry) : IWrite
{
    private static readonly Statement s_insert = new(
        """
        INSERT INTO runbooks (revision, published, enabled, file_hash, file_gone, file_version, id)
        VALUES (@revision, @published, @enabled, @file_hash, @file_gone, @file_version, @id)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_update = new(
        """
        UPDATE runbooks SET revision = @revision, published = @published, enabled = @enabled, file_hash = @file_hash, file_gone = @file_gone,
        file_version = @file_version
        WHERE id = @id AND revision = @revision - 1
        """);

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        entry.Revision, s_insert, s_update, entry.Revision, entry.Published, entry.Enabled, entry.FileHash, entry.FileGone, entry.FileVersion, entry.RunbookId);
}

internal sealed class SaveRunbookVersion(RunbookVersion version, string hash, string body) : IWrite
{
    private static readonly Statement s_insert = new(
        """
        INSERT INTO runbook_versions (status, revision, content_hash, changed_at, body, runbook_id, number)
        VALUES (@status, @revision, @content_hash, @changed_at, @body, @runbook_id, @number)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_update = new(
        """
        UPDATE runbook_versions SET status = @status, revision = @revision, content_hash = @content_hash, changed_at = @changed_at, body = @body
        WHERE runbook_id = @runbook_id AND number = @number AND revision = @revision - 1
        """);

    public static SaveRunbookVersion Of(RunbookVersion version, StoredJson json) => new(version, version.Content.Hash, json.Write(version));

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        version.Revision, s_insert, s_update, version.Status.ToString(), version.Revision, hash, version.ChangedAt.UtcTicks, body, version.RunbookId, version.Number);
}

using ItOps.Bot.Accounts;

namespace ItOps.Bot.Storage.Writing;

internal sealed class SaveSandboxDocument(SandboxDocument document) : IWrite
{
    private static readonly Statement s_insert = new(
        "INSERT INTO sandbox_documents (version, body, kind, id) VALUES (@version, @body, @kind, @id) ON CONFLICT DO NOTHING");

    private static readonly Statement s_update = new(
        "UPDATE sandbox_documents SET version = @version, body = @body WHERE kind = @kind AND id = @id AND version = @version - 1");

    public bool Apply(WriteScope scope) => scope.ChangeVersion(
        document.Version, s_insert, s_update, document.Version, document.Json, document.Kind, document.Id);
}

internal sealed class RecordSandboxEffect(SandboxEffect effect) : IWrite
{
    private static readonly Statement s_record = new(
        """
        INSERT INTO sandbox_effects (position, object_id, operation, at)
        VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM sandbox_effects), @object_id, @operation, @at)
        """);

    public bool Apply(WriteScope scope) => scope.Change(s_record, effect.ObjectId, effect.Operation, effect.At.UtcTicks);
}

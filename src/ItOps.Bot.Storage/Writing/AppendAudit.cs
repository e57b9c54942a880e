using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Storage.Model;
using ItOps.Bot.Storage.Reading;

namespace ItOps.Bot.Storage.Writing;

/// <summary>Lengthens the chain and moves its head. It comes last in a commit, so that nothing that conflicts is hashed.</summary>
internal sealed class AppendAudit(IReadOnlyList<AuditEntry> entries) : IWrite
{
    private static readonly Statement s_head = new("SELECT count, hash FROM audit_head WHERE id = @id");

    private static readonly Statement s_append = new(
        """
        INSERT INTO audit (sequence, at, action, actor, actor_name, subject, request_id, facts, previous_hash, hash)
        VALUES (@sequence, @at, @action, @actor, @actor_name, @subject, @request_id, @facts, @previous_hash, @hash)
        ON CONFLICT DO NOTHING
        """);

    private static readonly Statement s_firstHead = new(
        "INSERT INTO audit_head (id, count, hash) VALUES (@id, @count, @hash) ON CONFLICT DO NOTHING");

    private static readonly Statement s_moveHead = new("UPDATE audit_head SET count = @count, hash = @hash WHERE id = @id AND count = @before");

    public bool Apply(WriteScope scope)
    {
        var stored = scope.First(s_head, row => new AuditHead(row.GetInt64(0), row.GetString(1)), AuditRows.HeadId) ?? AuditHead.Empty;
        var head = stored;
        foreach (var entry in entries)
        {
            var record = AuditChain.Append(head, scope.Now, entry);
            if (!Append(scope, AuditRows.From(record)))
                throw BrokenChain(scope.Database);
            head = new AuditHead(record.Sequence, record.Hash);
        }

        var moved = stored.Count == 0
            ? scope.Change(s_firstHead, AuditRows.HeadId, head.Count, head.Hash)
            : scope.Change(s_moveHead, head.Count, head.Hash, AuditRows.HeadId, stored.Count);
        return moved ? true : throw BrokenChain(scope.Database);
    }

    private static bool Append(WriteScope scope, AuditRow row) => scope.Change(
        s_append, row.Sequence, row.At, row.Action, row.Actor, row.ActorName, row.Subject, row.RequestId, row.Facts, row.PreviousHash, row.Hash);

    private static StoreUnavailableException BrokenChain(string database) => new(
        $"The audit chain in {database} does not end where its head says, so nothing more is recorded: run 'audit verify', then restore a backup.",
        new InvalidOperationException("The chain has a record after its head, or another head."));
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ItOps.Bot.Storage.Model;

/// <summary>
/// The tables, to be made and to be read; what is written is written by statements. No table refers to another: what belongs together is committed together,
/// and every row is read by its own key.
/// </summary>
internal sealed class BotDbContext(DbContextOptions<BotDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Table<TurnRow>(modelBuilder, "inbox", r => r.Id, t => t.HasIndex(r => new { r.Handled, r.AcceptedAt }));
        Table<ConversationRow>(modelBuilder, "conversations", r => r.Id);
        Table<RequestRow>(modelBuilder, "requests", r => r.Id, t =>
        {
            t.HasIndex(r => r.Number).IsUnique();
            t.HasIndex(r => new { r.Requester, r.OpenedAt });
            t.HasIndex(r => new { r.Status, r.LeaseUntil });
            t.HasIndex(r => r.OpenedAt);
        });
        Table<ApprovalRow>(modelBuilder, "approvals", r => r.Id, t =>
        {
            t.HasIndex(r => r.RequestId);
            t.HasIndex(r => new { r.Status, r.DueAt });
            t.HasIndex(r => r.UpdatedAt);
        });
        Table<GroupedRequestRow>(modelBuilder, "grouped_requests", r => r.RequestId, t =>
        {
            t.HasIndex(r => r.GroupId);
            t.HasIndex(r => r.Held);
        });
        Table<BundledApprovalRow>(modelBuilder, "bundled_approvals", r => r.ApprovalId, t => t.HasIndex(r => r.Bundle));
        Table<StepRow>(modelBuilder, "steps", r => new { r.RequestId, r.Digest, r.Index });
        Table<OutboxRow>(modelBuilder, "outbox", r => r.Id, t =>
        {
            t.HasIndex(r => r.Position);
            t.HasIndex(r => r.NextAttempt);
        });
        Table<PostedMessageRow>(modelBuilder, "posted_messages", r => new { r.Topic, r.Channel, r.Conversation });
        Table<AuditRow>(modelBuilder, "audit", r => r.Sequence, t => t.HasIndex(r => r.RequestId));
        Table<AuditHeadRow>(modelBuilder, "audit_head", r => r.Id);
        Table<SecretRow>(modelBuilder, "secrets", r => r.TokenHash, t => t.HasIndex(r => r.ExpiresAt));
        Table<PickupRow>(modelBuilder, "pickups", r => r.Id, t =>
        {
            t.HasIndex(r => new { r.TokenHash, r.Ordinal }).IsUnique();
            t.HasIndex(r => new { r.Status, r.ExpiresAt });
        });
        Table<HandOffRow>(modelBuilder, "hand_offs", r => r.Id, t =>
        {
            t.HasIndex(r => r.RequestId).IsUnique();
            t.HasIndex(r => new { r.Status, r.OpenedAt });
            t.HasIndex(r => r.TicketDueAt);
        });
        Table<RouteRow>(modelBuilder, "routes", r => r.Conversation);
        Table<TargetUseRow>(modelBuilder, "target_uses", r => new { r.RequestId, r.Owner, r.Operation }, t => t.HasIndex(r => new { r.Owner, r.At }));
        Table<DecisionRow>(modelBuilder, "decisions", r => r.Id, t =>
        {
            t.HasIndex(r => new { r.Person, r.At });
            t.HasIndex(r => r.At);
        });
        Table<ContactsRow>(modelBuilder, "contacts", r => r.Person, t => t.HasIndex(r => r.ChangedAt));
        Table<ContactBaselineRow>(modelBuilder, "contact_baseline", r => r.Id);
        Table<RunbookRow>(modelBuilder, "runbooks", r => r.Id);
        Table<RunbookVersionRow>(modelBuilder, "runbook_versions", r => new { r.RunbookId, r.Number }, t => t.HasIndex(r => new { r.Status, r.ChangedAt }));
        Table<TranscriptRow>(modelBuilder, "transcript", r => new { r.Conversation, r.MessageId },
            t => t.HasIndex(r => new { r.Conversation, r.Position }));
        Table<SandboxDocumentRow>(modelBuilder, "sandbox_documents", r => new { r.Kind, r.Id });
        Table<SandboxEffectRow>(modelBuilder, "sandbox_effects", r => r.Position);
    }

    private static void Table<TRow>(
        ModelBuilder model, string name, Expression<Func<TRow, object?>> key, Action<EntityTypeBuilder<TRow>>? more = null)
        where TRow : class
    {
        var table = model.Entity<TRow>();
        table.ToTable(name);
        table.HasKey(key).HasName($"pk_{name}");
        more?.Invoke(table);
        foreach (var property in table.Metadata.GetProperties())
        {
            property.SetColumnName(Snake(property.Name));
            property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        }

        foreach (var index in table.Metadata.GetIndexes())
            index.SetDatabaseName($"ix_{name}_{string.Join('_', index.Properties.Select(p => Snake(p.Name)))}");
    }

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}

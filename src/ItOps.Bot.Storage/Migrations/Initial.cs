using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>The first schema. It must make what the model describes; a test compares the two.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class Initial : Migration
{
    public const string Id = "20261122000000_Initial";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Conversations(migrationBuilder);
        Requests(migrationBuilder);
        Messages(migrationBuilder);
        Audit(migrationBuilder);
        Sandbox(migrationBuilder);
    }

    private static void Conversations(MigrationBuilder schema)
    {
        schema.CreateTable(
            "inbox",
            t => new { id = Text(t), accepted_at = Long(t), handled = t.Column<bool>(nullable: false), body = Text(t) },
            constraints: t => t.PrimaryKey("pk_inbox", r => r.id));
        Index(schema, "inbox", "handled", "accepted_at");

        schema.CreateTable(
            "conversations",
            t => new { id = Text(t), version = Int(t), body = Text(t) },
            constraints: t => t.PrimaryKey("pk_conversations", r => r.id));

        schema.CreateTable(
            "bindings",
            t => new { person = Text(t), channel = Text(t), conversation = Text(t) },
            constraints: t => t.PrimaryKey("pk_bindings", r => new { r.person, r.channel }));

        schema.CreateTable(
            "transcript",
            t => new { conversation = Text(t), message_id = Text(t), position = Long(t), body = Text(t) },
            constraints: t => t.PrimaryKey("pk_transcript", r => new { r.conversation, r.message_id }));
        Index(schema, "transcript", "conversation", "position");
    }

    private static void Requests(MigrationBuilder schema)
    {
        schema.CreateTable(
            "requests",
            t => new
            {
                id = Text(t),
                number = Text(t),
                requester = Text(t),
                status = Text(t),
                version = Int(t),
                fence = Int(t),
                lease_until = t.Column<long>(nullable: true),
                opened_at = Long(t),
                body = Text(t),
            },
            constraints: t => t.PrimaryKey("pk_requests", r => r.id));
        schema.CreateIndex("ix_requests_number", "requests", "number", unique: true);
        Index(schema, "requests", "requester", "opened_at");
        Index(schema, "requests", "status", "lease_until");
        Index(schema, "requests", "opened_at");

        schema.CreateTable(
            "approvals",
            t => new
            {
                id = Text(t),
                request_id = Text(t),
                status = Text(t),
                version = Int(t),
                asked_at = Long(t),
                due_at = Long(t),
                updated_at = Long(t),
                body = Text(t),
            },
            constraints: t => t.PrimaryKey("pk_approvals", r => r.id));
        Index(schema, "approvals", "request_id");
        Index(schema, "approvals", "status", "due_at");
        Index(schema, "approvals", "updated_at");

        schema.CreateTable(
            "steps",
            t => new { request_id = Text(t), digest = Text(t), index = Int(t), body = Text(t) },
            constraints: t => t.PrimaryKey("pk_steps", r => new { r.request_id, r.digest, r.index }));

        schema.CreateTable(
            "secrets",
            t => new { token_hash = Text(t), expires_at = Long(t), body = Text(t) },
            constraints: t => t.PrimaryKey("pk_secrets", r => r.token_hash));
        Index(schema, "secrets", "expires_at");
    }

    private static void Messages(MigrationBuilder schema)
    {
        schema.CreateTable(
            "outbox",
            t => new
            {
                id = Text(t),
                position = Long(t),
                channel = Text(t),
                conversation = Text(t),
                topic = t.Column<string>(nullable: true),
                queued_at = Long(t),
                next_attempt = t.Column<long>(nullable: true),
                attempts = Int(t),
                reason = t.Column<string>(nullable: true),
                body = Text(t),
            },
            constraints: t => t.PrimaryKey("pk_outbox", r => r.id));
        Index(schema, "outbox", "position");
        Index(schema, "outbox", "next_attempt");

        schema.CreateTable(
            "posted_messages",
            t => new { topic = Text(t), channel = Text(t), conversation = Text(t), message_id = Text(t) },
            constraints: t => t.PrimaryKey("pk_posted_messages", r => new { r.topic, r.channel, r.conversation }));
    }

    private static void Audit(MigrationBuilder schema)
    {
        schema.CreateTable(
            "audit",
            t => new
            {
                sequence = Long(t),
                at = Long(t),
                action = Text(t),
                actor = Text(t),
                actor_name = Text(t),
                subject = Text(t),
                request_id = t.Column<string>(nullable: true),
                facts = Text(t),
                previous_hash = Text(t),
                hash = Text(t),
            },
            constraints: t => t.PrimaryKey("pk_audit", r => r.sequence));
        Index(schema, "audit", "request_id");

        schema.CreateTable(
            "audit_head",
            t => new { id = Int(t), count = Long(t), hash = Text(t) },
            constraints: t => t.PrimaryKey("pk_audit_head", r => r.id));
    }

    private static void Sandbox(MigrationBuilder schema)
    {
        schema.CreateTable(
            "sandbox_documents",
            t => new { kind = Text(t), id = Text(t), version = Int(t), body = Text(t) },
            constraints: t => t.PrimaryKey("pk_sandbox_documents", r => new { r.kind, r.id }));
        schema.CreateTable(
            "sandbox_effects",
            t => new { position = Long(t), object_id = Text(t), operation = Text(t), at = Long(t) },
            constraints: t => t.PrimaryKey("pk_sandbox_effects", r => r.position));
    }

    private static OperationBuilder<Microsoft.EntityFrameworkCore.Migrations.Operations.AddColumnOperation> Text(ColumnsBuilder table) =>
        table.Column<string>(nullable: false);

    private static OperationBuilder<Microsoft.EntityFrameworkCore.Migrations.Operations.AddColumnOperation> Long(ColumnsBuilder table) =>
        table.Column<long>(nullable: false);

    private static OperationBuilder<Microsoft.EntityFrameworkCore.Migrations.Operations.AddColumnOperation> Int(ColumnsBuilder table) =>
        table.Column<int>(nullable: false);

    private static void Index(MigrationBuilder schema, string table, params string[] columns) =>
        schema.CreateIndex($"ix_{table}_{string.Join('_', columns)}", table, columns);
}

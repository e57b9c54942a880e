using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>Every version of every runbook, and which of them is in force.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class RunbookVersions : Migration
{
    public const string Id = "20261122210000_RunbookVersions";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "runbooks",
            t => new
            {
                id = t.Column<string>(nullable: false),
                revision = t.Column<int>(nullable: false),
                published = t.Column<int>(nullable: false),
                enabled = t.Column<bool>(nullable: false),
                file_hash = t.Column<string>(nullable: true),
                file_gone = t.Column<bool>(nullable: false),
                file_version = t.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_runbooks", r => r.id));
        migrationBuilder.CreateTable(
            "runbook_versions",
            t => new
            {
                runbook_id = t.Column<string>(nullable: false),
                number = t.Column<int>(nullable: false),
                status = t.Column<string>(nullable: false),
                revision = t.Column<int>(nullable: false),
                content_hash = t.Column<string>(nullable: false),
                changed_at = t.Column<long>(nullable: false),
                body = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_runbook_versions", r => new { r.runbook_id, r.number }));
        migrationBuilder.CreateIndex("ix_runbook_versions_status_changed_at", "runbook_versions", ["status", "changed_at"]);
    }
}

using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>What was asked for on whose accounts, for the limits per target.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class TargetUses : Migration
{
    public const string Id = "20261122140000_TargetUses";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "target_uses",
            t => new
            {
                request_id = t.Column<string>(nullable: false),
                owner = t.Column<string>(nullable: false),
                operation = t.Column<string>(nullable: false),
                at = t.Column<long>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_target_uses", r => new { r.request_id, r.owner, r.operation }));
        migrationBuilder.CreateIndex("ix_target_uses_owner_at", "target_uses", ["owner", "at"]);
    }
}

using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>Requests in people's hands.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class HandOffs : Migration
{
    public const string Id = "20261122200000_HandOffs";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "hand_offs",
            t => new
            {
                id = t.Column<string>(nullable: false),
                request_id = t.Column<string>(nullable: false),
                status = t.Column<string>(nullable: false),
                version = t.Column<int>(nullable: false),
                opened_at = t.Column<long>(nullable: false),
                ticket_due_at = t.Column<long>(nullable: true),
                body = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_hand_offs", r => r.id));
        migrationBuilder.CreateIndex("ix_hand_offs_request_id", "hand_offs", "request_id", unique: true);
        migrationBuilder.CreateIndex("ix_hand_offs_status_opened_at", "hand_offs", ["status", "opened_at"]);
        migrationBuilder.CreateIndex("ix_hand_offs_ticket_due_at", "hand_offs", "ticket_due_at");
    }
}

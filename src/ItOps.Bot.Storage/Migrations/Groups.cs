using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>Requests of one message, and approvals that share a card.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class Groups : Migration
{
    public const string Id = "20261123090000_Groups";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "grouped_requests",
            t => new
            {
                request_id = t.Column<string>(nullable: false),
                group_id = t.Column<string>(nullable: false),
                held = t.Column<bool>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_grouped_requests", r => r.request_id));
        migrationBuilder.CreateIndex("ix_grouped_requests_group_id", "grouped_requests", "group_id");
        migrationBuilder.CreateIndex("ix_grouped_requests_held", "grouped_requests", "held");
        migrationBuilder.CreateTable(
            "bundled_approvals",
            t => new
            {
                approval_id = t.Column<string>(nullable: false),
                bundle = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_bundled_approvals", r => r.approval_id));
        migrationBuilder.CreateIndex("ix_bundled_approvals_bundle", "bundled_approvals", "bundle");
    }
}

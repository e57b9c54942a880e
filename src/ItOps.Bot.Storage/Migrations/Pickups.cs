using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>Browsers that opened a one-time link and wait for its recipient; a link has one of each ordinal.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class Pickups : Migration
{
    public const string Id = "20261122150000_Pickups";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "pickups",
            t => new
            {
                id = t.Column<string>(nullable: false),
                token_hash = t.Column<string>(nullable: false),
                ordinal = t.Column<int>(nullable: false),
                status = t.Column<string>(nullable: false),
                version = t.Column<int>(nullable: false),
                expires_at = t.Column<long>(nullable: false),
                body = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_pickups", r => r.id));
        migrationBuilder.CreateIndex("ix_pickups_token_hash_ordinal", "pickups", ["token_hash", "ordinal"], unique: true);
        migrationBuilder.CreateIndex("ix_pickups_status_expires_at", "pickups", ["status", "expires_at"]);
    }
}

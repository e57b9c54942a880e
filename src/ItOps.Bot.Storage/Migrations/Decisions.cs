using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>How people decide, one row for each decision.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class Decisions : Migration
{
    public const string Id = "20261122160000_Decisions";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "decisions",
            t => new
            {
                id = t.Column<string>(nullable: false),
                person = t.Column<string>(nullable: false),
                kind = t.Column<string>(nullable: false),
                at = t.Column<long>(nullable: false),
                body = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_decisions", r => r.id));
        migrationBuilder.CreateIndex("ix_decisions_person_at", "decisions", ["person", "at"]);
        migrationBuilder.CreateIndex("ix_decisions_at", "decisions", "at");
    }
}

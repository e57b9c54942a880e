using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>Which ways lead to each person, and since when.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class Contacts : Migration
{
    public const string Id = "20261122130000_Contacts";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "contacts",
            t => new
            {
                person = t.Column<string>(nullable: false),
                version = t.Column<int>(nullable: false),
                changed_at = t.Column<long>(nullable: true),
                body = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("pk_contacts", r => r.person));
        migrationBuilder.CreateIndex("ix_contacts_changed_at", "contacts", "changed_at");
        migrationBuilder.CreateTable(
            "contact_baseline",
            t => new
            {
                id = t.Column<int>(nullable: false),
                version = t.Column<int>(nullable: false),
                begun_at = t.Column<long>(nullable: false),
                ended_at = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("pk_contact_baseline", r => r.id));
    }
}

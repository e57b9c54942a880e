using ItOps.Bot.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ItOps.Bot.Storage.Migrations;

/// <summary>What channels remember about places takes the place of the last conversation of each person, which nothing wrote.</summary>
[DbContext(typeof(BotDbContext))]
[Migration(Id)]
internal sealed class Routes : Migration
{
    public const string Id = "20261122120000_Routes";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("bindings");
        migrationBuilder.CreateTable(
            "routes",
            t => new { conversation = t.Column<string>(nullable: false), route = t.Column<string>(nullable: false) },
            constraints: t => t.PrimaryKey("pk_routes", r => r.conversation));
    }
}

using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Architecture;

/// <summary>What is alive in Development, written down: a new operation or runbook shows in review.</summary>
public sealed class RegisteredTests
{
    [Fact]
    public async Task These_operations_are_offered()
    {
        await using var bot = await BotHost.StartAsync();

        Assert.Equal(
            [
                "account.reset-password Changes Idempotent High",
                "account.revoke-sessions Changes Probe Low",
                "account.unlock Changes Probe Low",
                "diagnose.bash ReadsOnly Idempotent None",
                "group.add-member Changes Probe Medium",
                "group.remove-member Changes Probe Medium",
            ],
            bot.Services.GetRequiredService<OperationCatalog>().Descriptors.Select(d => $"{d.Id} {d.Effect} {d.Replay} {d.Risk.Level}"));
    }

    [Fact]
    public async Task These_runbooks_are_shipped_without_a_problem()
    {
        await using var bot = await BotHost.StartAsync();
        var catalog = bot.Services.GetRequiredService<RunbookCatalog>();

        Assert.Empty(catalog.Problems);
        Assert.Equal(
            ["account_locked", "jira_access_request", "laptop_running_slow", "password_reset", "shared_drive_access", "vpn_not_connecting"],
            catalog.All.Select(r => r.Id).Order(StringComparer.Ordinal));
    }
}

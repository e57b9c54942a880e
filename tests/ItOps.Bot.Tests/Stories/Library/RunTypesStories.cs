using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories.Library;

/// <summary>What the bot does itself once somebody agreed; the stories of accounts, drives and Jira are told elsewhere.</summary>
public sealed class RunTypesStories
{
    [Fact]
    public async Task Software_from_the_catalogue_is_given_once_its_owner_agrees()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("please install visio on my computer");

        await bot.Person("mona").SeesApproval("Add alice to");
        await bot.Person("mona").Approves();

        await alice.Taps("Yes");
        var request = await bot.LastRequestAsync();
        Assert.Equal(("software_install_request", RequestStatus.Succeeded, true), (request.RunbookId, request.Status, request.Helped));
    }

    [Fact]
    public async Task Software_from_an_address_on_the_internet_is_never_installed()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says("install this please: https://downloads.example/free-tool.exe");

        Assert.DoesNotContain(await bot.PendingApprovalsAsync(), a => true);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }
}

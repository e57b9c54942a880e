using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Several things in one message: each is a request with its own plan and approval, and those that the same people decide share a card.</summary>
public sealed class GroupStories
{
    private const string Three = "I need developer access to the jira project FIN, and also write access to the finance share, and also a licence for Visio";

    [Fact]
    public async Task Three_things_are_three_requests_on_one_card_and_approving_all_decides_each()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));

        await bob.Says(Three);
        await bob.Sees("That's three things. I'll take them one at a time:\n1. ");
        foreach (var r in await bob.RepliesAsync()) System.Console.Error.WriteLine("BOB: " + r.Text + " | " + r.Card?.Title + " " + string.Join(" ; ", r.Choices.Select(c => c.Label)));
        foreach (var r in await mona.RepliesAsync()) System.Console.Error.WriteLine("MONA: " + r.Text + " | " + r.Card?.Title + " " + string.Join(" ; ", r.Card?.Parts.Select(c => c.Title) ?? []));

        Assert.Equal(3, (await bot.PendingApprovalsAsync()).Count);
    }
}

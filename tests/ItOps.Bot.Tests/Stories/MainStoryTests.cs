using ItOps.Bot.Approvals;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>The story that must always pass.</summary>
public sealed class MainStoryTests
{
    [Fact]
    public async Task An_unlock_approved_twice_by_accident_runs_once_and_both_see_the_receipt()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");

        await alice.Says("i cant log in, think im locked out");
        await alice.Sees("Which account");
        await alice.Taps("alice in Directory");
        await alice.Sees("locked since");
        await alice.Sees("I've asked IT");

        var card = await omar.SeesApproval("Unlock alice in Directory");
        Assert.Contains(card.Changes, c => c.Before.Contains("locked since", StringComparison.Ordinal) && c.After.Contains("unlocked", StringComparison.Ordinal));
        var presses = await Task.WhenAll(omar.Approves(), omar.Approves());

        Assert.Single(presses, d => d.Kind == DecidedKind.Counted);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Null((await bot.Sandbox.AccountAsync("alice")).LockedSince);
        await alice.Sees("You're unlocked");
        await alice.Sees("Did that help?");
        Assert.Equal(CardState.Succeeded, (await alice.CardsAsync())[^1].State);
        var receipt = (await omar.CardsAsync())[^1];
        Assert.Equal(CardState.Succeeded, receipt.State);
        Assert.Empty(receipt.Buttons);

        await alice.Taps("Yes");
        var request = await bot.LastRequestAsync();
        Assert.Equal(RequestStatus.Succeeded, request.Status);
        Assert.True(request.Helped);
    }

    [Fact]
    public async Task An_unlock_that_did_not_help_goes_to_a_human_with_everything_tried()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        var sam = bot.Person("sam");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await sam.Approves();

        await alice.Taps("No");

        await alice.Sees("A person in IT has this now");
        var request = await bot.LastRequestAsync();
        Assert.Equal(RequestStatus.HandedOff, request.Status);
        Assert.False(request.Helped);
        Assert.Contains(await sam.RepliesAsync(), r => r.Text.Contains("needs a person", StringComparison.Ordinal) && r.Card?.RequestId == request.Id);
        var page = await sam.OpensAsync(request.Id);
        Assert.Contains(page!.Timeline, e => e.Text == "Unlock alice in Directory" && e.State == CardState.Succeeded);
    }

    [Fact]
    public async Task Stopped_and_started_at_every_point_the_story_goes_on()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");

        await alice.Says("i cant log in, think im locked out");
        await bot.RestartAsync();
        await alice.Taps("alice in Directory");
        await bot.RestartAsync();
        await omar.Approves();
        await bot.RestartAsync();
        await alice.Taps("Yes");
        await bot.RestartAsync();

        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Equal(1, await alice.TimesSeen("You're unlocked"));
        Assert.True((await bot.LastRequestAsync()).Helped);
    }
}

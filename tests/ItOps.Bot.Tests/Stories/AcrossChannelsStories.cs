using System.Text.Json.Nodes;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>One request, many surfaces, one truth.</summary>
public sealed class AcrossChannelsStories
{
    [Fact]
    public async Task An_unlock_asked_in_Slack_and_approved_twice_in_Teams_runs_once()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var omar = await bot.InTeamsAsync("omar");

        await alice.Says("i cant log in, think im locked out");
        await alice.Sees("Which account");
        await alice.Taps("alice in Directory");
        await alice.Sees("I've asked IT");
        await omar.SeesApproval("Unlock alice in Directory");
        await Task.WhenAll(omar.Approves(), omar.Approves());

        await alice.Sees("You're unlocked");
        await alice.Sees("Did that help?");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        await alice.Taps("Yes");
        Assert.True((await bot.Bot.LastRequestAsync()).Helped);
    }

    [Fact]
    public async Task An_unlock_asked_in_Teams_and_approved_twice_in_Slack_runs_once()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = await bot.InTeamsAsync("alice");
        var omar = bot.InSlack("omar");

        await alice.Says("i cant log in, think im locked out");
        await alice.Taps("alice in Directory");
        await alice.Sees("I've asked IT");
        await omar.SeesApproval("Unlock alice in Directory");
        await Task.WhenAll(omar.Approves(), omar.Approves());

        await alice.Sees("Did that help?");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        await alice.Taps("No");
        await alice.Sees("A person in IT has this now");
        Assert.Equal(RequestStatus.HandedOff, (await bot.Bot.LastRequestAsync()).Status);
    }

    [Fact]
    public async Task Every_copy_of_the_card_ends_as_the_same_receipt_in_Slack_in_Teams_and_in_the_console()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var (omarInSlack, omarInTeams, omarInConsole) = (bot.InSlack("omar"), await bot.InTeamsAsync("omar"), bot.InConsole("omar"));
        var sam = await bot.InTeamsAsync("sam");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await omarInSlack.SeesApproval("Unlock alice");
        await sam.SeesApproval("Unlock alice");

        await omarInTeams.SeesApproval("Unlock alice");
        await omarInTeams.Approves();

        foreach (var card in new[] { await omarInTeams.SeesCard("Unlock alice"), await sam.SeesCard("Unlock alice") })
        {
            Assert.Contains("Done and verified", card.Text, StringComparison.Ordinal);
            Assert.Contains("Omar Haddad", card.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(card.Buttons, b => b.Verb is not null);
        }

        var inSlack = omarInSlack.Messages.Single(m => m.Shown.Contains("Unlock alice", StringComparison.Ordinal));
        Assert.Contains("Done and verified", inSlack.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain(inSlack.Buttons, b => b.Label is "Approve" or "Deny");
        Assert.Equal(CardState.Succeeded, (await omarInConsole.CardsAsync())[^1].State);
        Assert.Contains(alice.Messages, m => m.Shown.Contains("Done and verified", StringComparison.Ordinal));
        Assert.DoesNotContain(alice.Messages, m => m.Shown.Contains("Waiting for approval", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_asked_in_one_channel_cannot_approve_in_another()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var omar = bot.InSlack("omar");
        var omarInTeams = await bot.InTeamsAsync("omar");
        var sam = await bot.InTeamsAsync("sam");

        await bot.Sandbox.GetsLockedAsync("omar");
        await omar.Says("im locked out");
        await omar.Sees("I've asked");

        var card = await sam.SeesApproval("Unlock omar");
        Assert.Equal(0, omarInTeams.TimesSeen("asks for your approval"));
        var press = omarInTeams.Activity("invoke", omarInTeams.Chat);
        press["name"] = "adaptiveCard/action";
        press["value"] = new JsonObject { ["action"] = card.Buttons.Single(b => b.Verb == "approve").Action.DeepClone() };
        await omarInTeams.SendAsync(press);
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.Bot.LastRequestAsync()).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task A_question_back_and_its_answer_cross_between_the_platforms()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var omar = await bot.InTeamsAsync("omar");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await omar.SeesApproval("Unlock alice");

        await omar.Asks("why now?");
        await alice.Sees("why now?");
        await alice.Says("I mistyped it after the holidays");

        var card = await omar.SeesApproval("Unlock alice");
        Assert.Contains("I mistyped it after the holidays", card.Text, StringComparison.Ordinal);
        await omar.Approves();
        await alice.Sees("You're unlocked");
    }

    [Fact]
    public async Task A_refusal_in_Teams_is_told_kindly_in_Slack_with_its_reason()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var omar = await bot.InTeamsAsync("omar");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");
        await omar.SeesApproval("Unlock alice");

        await omar.Denies("please call 4711 first");

        await alice.Sees("please call 4711 first");
        Assert.Contains("Denied", (await omar.SeesCard("Unlock alice")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task The_one_time_link_goes_to_its_owner_alone_and_never_into_a_channel()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var bob = bot.InSlack("bob");
        var omar = await bot.InTeamsAsync("omar");
        bot.Slack.AddChannel("C0HELP");

        await bob.Mentions("C0HELP", "please reset my password");
        await bob.Taps("bob in Directory");
        await bob.Taps("Ask Mona");
        await bot.InConsole("mona").Approves();
        await omar.SeesApproval("Reset the password of bob");
        await omar.Approves();

        Assert.Contains(bob.Messages, m => m.Blocks.GetRawText().Contains("/secrets/", StringComparison.Ordinal));
        var pointer = Assert.Single(bot.Slack.MessagesIn("C0HELP"));
        Assert.DoesNotContain("bob", pointer.Shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(omar.Chat.Posted, p => p.Json.ToJsonString().Contains("/secrets/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_approvers_channels_show_the_card_once_to_all_and_take_presses_only_from_those_who_may()
    {
        await using var bot = await ConnectedBot.StartAsync(more: new()
        {
            ["Channels:Slack:ApproverChannel"] = "C0APPROVE",
            ["Channels:Teams:ApproverConversation"] = "19:approvers@thread.tacv2",
        });
        bot.Slack.AddChannel("C0APPROVE");
        var approvers = bot.Teams.Shared("19:approvers@thread.tacv2");
        var (alice, eve, sam) = (bot.InSlack("alice"), bot.InSlack("eve"), await bot.InTeamsAsync("sam"));
        sam.Joins(approvers);
        await sam.Mentions(approvers, "hello");
        await alice.Says("im locked out");
        await alice.Taps("alice in Directory");

        var inSlack = Assert.Single(bot.Slack.MessagesIn("C0APPROVE"));
        await eve.Presses(inSlack, inSlack.Buttons.Single(b => b.Label == "Approve"));
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.Bot.LastRequestAsync()).Status);
        await eve.Sees("You can't decide this one");

        var card = await sam.SeesApproval("Unlock alice");
        await sam.Approves();
        Assert.Equal(RequestStatus.Succeeded, (await bot.Bot.LastRequestAsync()).Status);
        Assert.Contains("Done and verified", Assert.Single(bot.Slack.MessagesIn("C0APPROVE")).Shown, StringComparison.Ordinal);
        Assert.Contains("Done and verified", approvers.Posted.Last(p => p.Card is not null).Card!.Text, StringComparison.Ordinal);
        Assert.NotEmpty(card.Buttons);
    }
}
